// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class HmacSha256Test {
    @Test
    void a_short_key_gives_the_code_of_rfc_4231_case_2() {
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                code("Jefe".getBytes(US_ASCII), "what do ya want for nothing?".getBytes(US_ASCII)));
    }

    @Test
    void a_key_longer_than_a_block_gives_the_code_of_rfc_4231_case_6() {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        assertEquals(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                code(key, "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII)));
    }

    @Property
    void the_code_is_the_one_that_the_jdk_computes(
            @ForAll @Size(min = 1, max = 200) byte[] key, @ForAll @Size(max = 300) byte[] one, @ForAll byte[] other)
            throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(one);
        byte[] expected = mac.doFinal(other);
        try (SecretBytes secret = SecretBytes.copyOf(key);
                HmacSha256 keyed = HmacSha256.keyed(secret)) {
            for (int again = 0; again < 2; again++) {
                assertArrayEquals(expected, keyed.of(one, other));
            }
        }
    }

    @Test
    @ResourceLock(Resources.GLOBAL)
    void a_provider_that_the_host_puts_first_is_not_asked() {
        String before = code(new byte[32], new byte[1]);
        Provider host = new HostProvider();
        Security.insertProviderAt(host, 1);
        try {
            assertEquals(before, code(new byte[32], new byte[1]));
        } finally {
            Security.removeProvider(host.getName());
        }
    }

    private static String code(byte[] key, byte[] message) {
        try (SecretBytes secret = SecretBytes.copyOf(key)) {
            return HexFormat.of().formatHex(HmacSha256.of(secret, message));
        }
    }

    /** Offers a SHA-256 that always fails. */
    private static final class HostProvider extends Provider {
        private static final long serialVersionUID = 1L;

        HostProvider() {
            super("Host", "1", "");
            putService(new Service(this, "MessageDigest", "SHA-256", "none", List.of(), null) {
                @Override
                public Object newInstance(Object parameter) {
                    throw new IllegalStateException("the host's provider was asked");
                }
            });
        }
    }
}
