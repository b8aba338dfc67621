// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntroductionTest {
    @ParameterizedTest
    @CsvSource({
        "ferrohsm=1|pid=4711|application=openssl|, pkcs11 openssl[4711]",
        "ferrohsm=1|application=with = sign and blank|pid=1|, pkcs11 with = sign and blank[1]",
        "ferrohsm=2|news=x|pid=5|application=a, pkcs11 a[5]",
        "ferrohsm=1|pid=5|, pkcs11 ?[5]",
        "ferrohsm=1|pid=x5|application=a|, pkcs11 a[?]",
        "somebody's own|pid=5|application=a|, pkcs11 ?[?]",
        "'', pkcs11 ?[?]"
    })
    void the_name_is_taken_from_the_librarys_lines(String reserved, String expected) {
        byte[] bytes = (reserved.replace('|', '\n') + "\0").getBytes(StandardCharsets.UTF_8);
        assertEquals(expected, Introduction.of(bytes).actor());
    }

    @ParameterizedTest
    @CsvSource({"'a\tb\u001b[31m', pkcs11 a?b?[31m[?]", "'\u0085', pkcs11 \u0085[?]"})
    void a_name_cannot_bring_control_characters_into_records(String name, String expected) {
        assertEquals(
                expected,
                Introduction.of(("ferrohsm=1\napplication=" + name).getBytes(StandardCharsets.UTF_8))
                        .actor());
    }

    @ParameterizedTest
    @CsvSource({"128, 128", "129, 128", "100000, 128"})
    void a_name_cannot_fill_records(int length, int kept) {
        byte[] bytes = ("ferrohsm=1\napplication=" + "x".repeat(length)).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "pkcs11 " + "x".repeat(kept) + "[?]", Introduction.of(bytes).actor());
    }
}
