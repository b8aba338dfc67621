// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.tlog.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openssl ts} is the authority, behind a small HTTP server. */
class TimeStampAnchorTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeAuthority() throws Exception {
        Files.writeString(folder.resolve("serial"), "01\n");
        Files.writeString(folder.resolve("ts.cnf"), """
                [req]
                distinguished_name = dn
                prompt = no
                x509_extensions = ext
                [dn]
                CN = Time stamps
                [ext]
                basicConstraints = critical,CA:TRUE
                extendedKeyUsage = critical,timeStamping
                [tsa]
                default_tsa = it
                [it]
                serial = serial
                signer_cert = cert.pem
                signer_key = key.pem
                signer_digest = sha256
                default_policy = 1.2.3.4
                digests = sha256
                ess_cert_id_alg = sha256
                """);
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-config",
                "ts.cnf",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-days",
                "3650");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }

    private Peer.Reply stamp(byte[] request) throws Exception {
        Files.write(folder.resolve("request"), request);
        openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "request", "-out", "reply");
        return new Peer.Reply(200, Files.readAllBytes(folder.resolve("reply")));
    }

    @Test
    void the_time_stamp_of_a_checkpoint_is_kept_and_openssl_verifies_it() throws Exception {
        try (Peer peer = new Peer((exchange, request) -> stamp(request));
                AnchoredLog log = new AnchoredLog(folder, "tsa:" + peer.url() + "/tsr")) {
            SignedNote note = log.grow(3);
            log.deliver();
            Path kept = log.receipt(note, "checkpoint");
            assertEquals(note.format(), Files.readString(kept));
            String verdict = openssl(
                    "ts",
                    "-verify",
                    "-data",
                    kept.toString(),
                    "-in",
                    log.receipt(note, "tsr").toString(),
                    "-CAfile",
                    "cert.pem");
            assertTrue(verdict.contains("Verification: OK"), verdict);
        }
    }

    @Test
    void an_authority_that_refuses_answers_for_other_data_or_is_silent_is_away() throws Exception {
        byte[] other = stamp(TimeStampAnchor.request(new byte[32])).body();
        for (Peer.Reply reply : List.of(
                new Peer.Reply(503, new byte[0]),
                new Peer.Reply(200, new byte[0]),
                new Peer.Reply(200, new byte[] {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02}),
                new Peer.Reply(200, new byte[] {0x30, (byte) 0x84, 0x7f, 0x7f}),
                new Peer.Reply(200, other))) {
            try (Peer peer = new Peer((exchange, request) -> reply);
                    AnchoredLog log = new AnchoredLog(Files.createTempDirectory(folder, "log"), "tsa:" + peer.url())) {
                log.grow(1);
                assertEquals(1, log.fail().pending());
            }
        }
        AnchoredLog gone;
        try (Peer peer = new Peer((exchange, request) -> stamp(request))) {
            gone = new AnchoredLog(folder, "tsa:" + peer.url());
        }
        try (gone) {
            gone.grow(1);
            assertFalse(gone.fail().problem() == null);
        }
    }
}
