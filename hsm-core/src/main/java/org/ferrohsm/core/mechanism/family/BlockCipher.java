// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

/** A block cipher as the engines name it. */
enum BlockCipher {
    AES("AES", 16, SecretKeyType.AES),
    CAMELLIA("Camellia", 16, SecretKeyType.CAMELLIA),
    ARIA("ARIA", 16, SecretKeyType.ARIA),
    SEED("SEED", 16, SecretKeyType.SEED),
    DES3("DESede", 8, SecretKeyType.DES3);

    private final String algorithm;
    private final int block;
    private final SecretKeyType keys;

    BlockCipher(String algorithm, int block, SecretKeyType keys) {
        this.algorithm = algorithm;
        this.block = block;
        this.keys = keys;
    }

    /** JCA name of the cipher. */
    String algorithm() {
        return algorithm;
    }

    /** Block size in bytes. */
    int block() {
        return block;
    }

    SecretKeyType keys() {
        return keys;
    }
}
