// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

/** A mode of AES as the engines name it, and how its output grows. */
enum AesMode {
    ECB("AES/ECB/NoPadding", true, false),
    CBC("AES/CBC/NoPadding", true, false),
    CBC_PAD("AES/CBC/PKCS5Padding", true, true),
    CTR("AES/CTR/NoPadding", false, false),
    GCM("AES/GCM/NoPadding", false, false);

    static final int BLOCK = 16;

    private final String transformation;
    private final boolean blockwise;
    private final boolean padded;

    AesMode(String transformation, boolean blockwise, boolean padded) {
        this.transformation = transformation;
        this.blockwise = blockwise;
        this.padded = padded;
    }

    String transformation() {
        return transformation;
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
