// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.UUID;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApproverKeyTest {
    private final Engines engines = new Engines();

    private static SecretBytes passphrase(String text) {
        return SecretBytes.adopt(text.getBytes(UTF_8));
    }

    @Test
    void a_key_comes_back_with_its_passphrase_and_with_no_other() {
        ApproverKey.Files files = ApproverKey.generate(engines, passphrase("Käse & Brot"));
        ApproverKey key = ApproverKey.open(engines, files.secret(), passphrase("Käse & Brot"));
        assertArrayEquals(ApproverKey.publicKey(files.open()), key.publicKey());
        assertEquals(64, Vote.cast(new byte[32], Verdict.APPROVE, key, 1).signature().length);
        assertFault(Fault.PIN_INCORRECT, () -> ApproverKey.open(engines, files.secret(), passphrase("Kase & Brot")));
        assertFault(Fault.DATA_INVALID, () -> ApproverKey.open(engines, files.open(), passphrase("Käse & Brot")));
    }

    @Test
    void openssl_opens_the_key_and_makes_one_that_we_open(@TempDir Path folder)
            throws IOException, InterruptedException {
        ApproverKey.Files files = ApproverKey.generate(engines, passphrase("secret"));
        Path file = Files.writeString(folder.resolve("ours"), files.secret());
        Path open = folder.resolve("open");
        openssl("pkey", "-in", file.toString(), "-passin", "pass:secret", "-pubout", "-out", open.toString());
        assertEquals(files.open(), Files.readString(open));

        Path plain = folder.resolve("plain");
        Path theirs = folder.resolve("theirs");
        openssl("genpkey", "-algorithm", "ed25519", "-out", plain.toString());
        openssl(
                "pkcs8",
                "-topk8",
                "-in",
                plain.toString(),
                "-v2",
                "aes-256-cbc",
                "-v2prf",
                "hmacWithSHA256",
                "-passout",
                "pass:secret",
                "-out",
                theirs.toString());
        openssl("pkey", "-in", plain.toString(), "-pubout", "-out", open.toString());
        String both = Files.readString(theirs) + Files.readString(open);
        assertArrayEquals(
                ApproverKey.publicKey(both),
                ApproverKey.open(engines, both, passphrase("secret")).publicKey());
    }

    @Test
    void people_come_back_from_their_bytes() {
        byte[] key = new byte[Approver.KEY_LENGTH];
        key[0] = 1;
        Approver approver = new Approver(
                "alice", "alice", key, new TreeSet<>(java.util.Set.of("a", "b")), java.util.Set.of("uid:1"));
        People people = People.NOBODY.plus(approver);
        assertArrayEquals(people.encode(), People.decode(people.encode()).encode());
        assertTrue(people.with(key).isPresent());
        assertFault(
                Fault.ARGUMENTS_BAD,
                () -> people.plus(new Approver("other", "other", key, approver.groups(), approver.accounts())),
                "alice's already");
        assertFault(Fault.ARGUMENTS_BAD, () -> people.without(new UUID(0, 0).toString()), "no approver");
    }

    private static void openssl(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("openssl").redirectErrorStream(true);
        builder.command().addAll(java.util.List.of(arguments));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
