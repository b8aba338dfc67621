// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HkdfTest {
    @ParameterizedTest(name = "RFC 5869 A.{index}")
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637"
                + "38393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091929394959697"
                + "98999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7"
                + "e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8"
                + "367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
                + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    })
    void derive_gives_the_output_of_the_specification(String secret, String salt, String info, String output) {
        byte[] expected = hex(output);
        try (SecretBytes key = SecretBytes.adopt(hex(secret));
                SecretBytes derived = Hkdf.derive(key, hex(salt), hex(info), expected.length)) {
            derived.use(bytes -> {
                assertArrayEquals(expected, bytes);
                return true;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 8161})
    void derive_refuses_a_length_that_the_specification_does_not_have(int length) {
        try (SecretBytes key = SecretBytes.adopt(new byte[32])) {
            assertThrows(IllegalArgumentException.class, () -> Hkdf.derive(key, new byte[0], new byte[0], length));
        }
    }

    @Test
    void derive_gives_as_many_bytes_as_the_specification_allows() {
        try (SecretBytes key = SecretBytes.adopt(new byte[32]);
                SecretBytes derived = Hkdf.derive(key, new byte[0], new byte[0], 8160)) {
            assertEquals(8160, derived.length());
        }
    }

    @Test
    void another_purpose_gives_another_key() {
        try (SecretBytes key = SecretBytes.adopt(new byte[32]);
                SecretBytes one = Hkdf.key(key, Binding.of("one").with(1));
                SecretBytes other = Hkdf.key(key, Binding.of("one").with(2))) {
            assertFalse(one.matches(other));
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
