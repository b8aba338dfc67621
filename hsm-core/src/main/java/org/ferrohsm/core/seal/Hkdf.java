// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.util.Arrays;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * HKDF with SHA-256 (RFC 5869). Twenty lines of our own instead of Bouncy Castle's class: a process that only lists
 * slots unseals the root key, and shall not load a second library for it.
 */
public final class Hkdf {
    private static final int MAXIMUM = 255 * HmacSha256.LENGTH;

    private Hkdf() {}

    /**
     * Extract, then expand.
     *
     * @param salt may be empty
     * @param length in bytes, 1 to 8160
     */
    public static SecretBytes derive(SecretBytes secret, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > MAXIMUM) {
            throw new IllegalArgumentException("HKDF-SHA256 gives 1 to " + MAXIMUM + " bytes, not " + length);
        }
        byte[] key;
        try (HmacSha256 extract = HmacSha256.keyed(salt)) {
            key = secret.use(extract::of);
        }
        try (HmacSha256 expand = HmacSha256.keyed(key)) {
            return SecretBytes.adopt(expand(expand, info, length));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** A key of 32 bytes for one purpose. */
    public static SecretBytes key(SecretBytes secret, Binding purpose) {
        return derive(secret, new byte[0], purpose.bytes(), 32);
    }

    private static byte[] expand(HmacSha256 mac, byte[] info, int length) {
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        byte counter = 1;
        for (int done = 0; done < length; done += HmacSha256.LENGTH) {
            byte[] next = mac.of(block, info, new byte[] {counter++});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
