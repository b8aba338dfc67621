// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.secret.SecretBytes;

/** The parity of DES keys: each byte has an odd number of bits (FIPS PUB 46-3). */
final class DesParity {
    private DesParity() {}

    /** {@code key} with its parity set; {@code key} itself is closed. */
    static SecretBytes adjusted(SecretBytes key) {
        try (key) {
            return key.use(bytes -> {
                byte[] odd = bytes.clone();
                for (int i = 0; i < odd.length; i++) {
                    int seven = odd[i] & 0xfe;
                    odd[i] = (byte) (seven | (Integer.bitCount(seven) + 1 & 1));
                }
                return SecretBytes.adopt(odd);
            });
        }
    }
}
