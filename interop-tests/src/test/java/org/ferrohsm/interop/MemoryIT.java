// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.ferrohsm.interop.fixture.Traces;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of PIN and keys lies in the memory of the process that holds them, while they are in use and after C_Logout. */
class MemoryIT {
    /** What must be found while the keys are in use, or the search is worth nothing. */
    private static final Set<String> IN_USE = Set.of(
            "the AES key",
            "RSA's p little-endian",
            "RSA's q little-endian",
            "RSA's d little-endian",
            "EC's d big-endian",
            "EC's d little-endian");

    private static final String DATA = "00112233445566778899aabbccddeeff".repeat(2);

    @TempDir
    Path folder;

    private final Traces traces = new Traces();
    private Home home;

    @BeforeEach
    void import_known_keys() throws Exception {
        home = new Home(folder);
        home.newToken("memory");
        KeyPairGenerator rsaPairs = KeyPairGenerator.getInstance("RSA");
        rsaPairs.initialize(2048);
        KeyPair rsa = rsaPairs.generateKeyPair();
        KeyPairGenerator ecPairs = KeyPairGenerator.getInstance("EC");
        ecPairs.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ec = ecPairs.generateKeyPair();
        byte[] aes = new byte[32];
        new SecureRandom().nextBytes(aes);
        imported("aes", aes, "secrkey", "--key-type", "AES:32");
        imported("rsa", rsa.getPrivate().getEncoded(), "privkey", "--usage-sign");
        imported("ec", ec.getPrivate().getEncoded(), "privkey", "--usage-sign");
        RSAPrivateCrtKey rsaKey = (RSAPrivateCrtKey) rsa.getPrivate();
        traces.text("the PIN", Home.PIN)
                .bytes("the AES key", aes)
                .number("RSA's p", rsaKey.getPrimeP())
                .number("RSA's q", rsaKey.getPrimeQ())
                .number("RSA's d", rsaKey.getPrivateExponent())
                .number("EC's d", ((ECPrivateKey) ec.getPrivate()).getS());
    }

    private void imported(String label, byte[] key, String type, String... more) throws IOException {
        Path file = home.write(label + ".der", key);
        List<String> line = new ArrayList<>(List.of(more));
        line.addAll(List.of("--write-object", file.toString(), "--type", type, "--label", label, "--private"));
        home.asUser(line.toArray(String[]::new)).succeeded();
        Files.delete(file);
    }

    /** Logs in, uses each key, and lets the program's own buffers forget the PIN. */
    private static void use(Host host) {
        host.loggedIn(0);
        assertEquals(0, host.find(Cka.CKA_LABEL, new byte[3000]));
        assertEquals(1, host.find(Cka.CKA_LABEL, "aes".getBytes(UTF_8)));
        host.call("encrypt", DATA).ok();
        assertEquals(1, host.find(Cka.CKA_LABEL, "rsa".getBytes(UTF_8)));
        host.call("sign", DATA, Long.toString(Ckm.CKM_SHA256_RSA_PKCS)).ok();
        assertEquals(1, host.find(Cka.CKA_LABEL, "ec".getBytes(UTF_8)));
        host.call("sign", DATA).ok();
    }

    @Test
    void the_engines_copies_of_keys_are_gone_from_a_program_after_logout() {
        try (Host host = home.host()) {
            use(host);
            assumeTrue(Traces.areVisible(host.pid()), "this process may not read another's memory");
            assertTrue(traces.in(host.pid()).containsAll(IN_USE), "the search finds what is there");
            host.call("logout").ok();
            assertEquals(Set.of(), engines(traces.in(host.pid())));
        }
    }

    @Test
    void keys_are_never_in_a_program_that_a_daemon_serves_and_the_engines_copies_go_from_it_at_logout() {
        try (Daemon daemon = home.daemon();
                Host host = home.host()) {
            use(host);
            assumeTrue(Traces.areVisible(daemon.pid()), "this process may not read another's memory");
            assertTrue(traces.in(daemon.pid()).containsAll(IN_USE), "the search finds what is there");
            assertEquals(Set.of(), keys(traces.in(host.pid())));
            host.call("logout").ok();
            assertEquals(Set.of(), engines(traces.in(daemon.pid())));
        }
    }

    @Test
    void no_file_has_pin_or_keys_in_the_clear_after_the_daemons_end() {
        try (Daemon daemon = home.daemon()) {
            try (Host host = home.host()) {
                use(host);
                host.call("logout").ok();
            }
            assertEquals(143, daemon.terminate());
        }
        assertEquals(Set.of(), traces.in(folder));
    }

    /** AWS-LC keeps numbers little-endian, and nothing else here does. */
    private static Set<String> engines(Set<String> found) {
        return found.stream().filter(name -> name.endsWith("little-endian")).collect(Collectors.toSet());
    }

    private static Set<String> keys(Set<String> found) {
        return found.stream().filter(name -> !name.startsWith("the PIN")).collect(Collectors.toSet());
    }
}
