// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ferrohsm.core.mechanism.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row against OpenSSL 3.0, over random keys and data, but for those that OpenSSL lacks. */
class OpenSslTest {
    private static final int ROUNDS = 4;

    /** Which rows have nothing in OpenSSL 3.0, and why; each must be a row. */
    private static final Map<String, Pattern> LACKING = lacking();

    @TempDir
    Path folder;

    private static Map<String, Pattern> lacking() {
        Map<String, Pattern> lacking = new LinkedHashMap<>();
        lacking.put(
                "a new secret key is random bytes and nothing else",
                Pattern.compile("CKM_(?!RSA|DSA|DH|EC_).*(?<!_PAIR)_KEY_GEN"));
        lacking.put(
                "lattices came with 3.5: JdkLatticeTest compares ML-DSA and ML-KEM with the JDK; SLH-DSA has vectors alone",
                Pattern.compile("CKM_(HASH_)?(ML_DSA|SLH_DSA|ML_KEM).*"));
        lacking.put("signatures with a state came with 3.6", Pattern.compile("CKM_(HSS|XMSS|XMSSMT)"));
        lacking.put(
                "of BLAKE2b the longest digest alone",
                Pattern.compile("CKM_BLAKE2B_(160|256|384)(_HMAC.*|_KEY_DERIVE)?"));
        lacking.put("no Salsa20", Pattern.compile("CKM_SALSA20"));
        lacking.put("no feedback of 64 bits with a block of 128", Pattern.compile("CKM_AES_CFB64"));
        lacking.put("no XCBC", Pattern.compile("CKM_AES_XCBC_MAC(_96)?"));
        lacking.put("no double pipeline", Pattern.compile("CKM_SP800_108_DOUBLE_PIPELINE_KDF"));
        lacking.put("no derivations of IPsec", Pattern.compile("CKM_IKE.*"));
        lacking.put(
                "bytes put together or cut, which is no algorithm",
                Pattern.compile("CKM_(CONCATENATE_.*|XOR_BASE_AND_DATA|EXTRACT_KEY_FROM_KEY)"));
        lacking.put(
                "agreement and wrapping in one, which are checked apart", Pattern.compile("CKM_ECDH_.*AES_KEY_WRAP"));
        return lacking;
    }

    private static final Map<String, OpenSslCheck> CHECKS = checks();

    private static Map<String, OpenSslCheck> checks() {
        Map<String, OpenSslCheck> checks = new TreeMap<>(OpenSslCiphers.checks());
        checks.putAll(OpenSslDigests.checks());
        checks.putAll(OpenSslTls.checks());
        checks.putAll(new OpenSslKeys().checks());
        return checks;
    }

    @Test
    void every_row_that_openssl_has_is_compared_with_it() {
        Map<String, Mechanism> rows = Rows.byName();
        TreeSet<String> missing = new TreeSet<>(rows.keySet());
        missing.removeAll(CHECKS.keySet());
        missing.removeIf(name ->
                LACKING.values().stream().anyMatch(names -> names.matcher(name).matches()));
        assertEquals(
                List.of(), List.copyOf(missing), "rows without a check in OpenSslCiphers, -Digests, -Tls or -Keys");
        TreeSet<String> unknown = new TreeSet<>(CHECKS.keySet());
        unknown.removeAll(rows.keySet());
        assertEquals(List.of(), List.copyOf(unknown), "checks of what is no row");
    }

    @Test
    void nothing_is_declared_lacking_that_is_compared_or_no_row() {
        List<String> wrong = new ArrayList<>();
        LACKING.forEach((reason, names) -> {
            if (Rows.byName().keySet().stream()
                    .noneMatch(name -> names.matcher(name).matches())) {
                wrong.add("no row: " + reason);
            }
            CHECKS.keySet().stream()
                    .filter(name -> names.matcher(name).matches())
                    .forEach(wrong::add);
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void what_one_makes_the_other_takes() {
        long seed = new Random().nextLong();
        List<String> failures = new ArrayList<>();
        try (OpenSsl other = OpenSsl.start(folder)) {
            CHECKS.forEach((name, check) -> {
                Random random = new Random(seed);
                long type = VectorNumbers.of(name);
                try {
                    for (int i = 0; i < ROUNDS; i++) {
                        check.run(type, other, random);
                    }
                } catch (AssertionError | RuntimeException e) {
                    failures.add(name + ": " + e);
                }
            });
        }
        assertEquals("", String.join("\n", failures), "with the seed " + seed);
    }
}
