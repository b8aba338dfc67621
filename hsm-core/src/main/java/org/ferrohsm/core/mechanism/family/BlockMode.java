// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

/** A mode of operation as the engines name it, and how its output grows. */
enum BlockMode {
    ECB("ECB/NoPadding", true, false),
    CBC("CBC/NoPadding", true, false),
    CBC_PAD("CBC/PKCS5Padding", true, true),
    CTR("CTR/NoPadding", false, false),
    OFB("OFB/NoPadding", false, false),
    CFB8("CFB8/NoPadding", false, false),
    CFB64("CFB64/NoPadding", false, false),
    CFB128("CFB128/NoPadding", false, false),
    GCM("GCM/NoPadding", false, false),
    CCM("CCM/NoPadding", false, false);

    private final String name;
    private final boolean blockwise;
    private final boolean padded;

    BlockMode(String name, boolean blockwise, boolean padded) {
        this.name = name;
        this.blockwise = blockwise;
        this.padded = padded;
    }

    String transformation(BlockCipher cipher) {
        return cipher.algorithm() + "/" + name;
    }

    /** Whether output comes in whole blocks. */
    boolean isBlockwise() {
        return blockwise;
    }

    /** Whether the last block is padded. */
    boolean isPadded() {
        return padded;
    }
}
