// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

/** Choices without branches. A mask has all bits set for yes, none for no. */
final class ConstantTime {
    private ConstantTime() {}

    /** Whether the low byte of {@code value} is zero. */
    static int isZero(int value) {
        return ((value & 0xff) - 1) >> 31;
    }

    /** Whether a is below b; for numbers that are not negative. */
    static int isLess(int a, int b) {
        return (a - b) >> 31;
    }

    static int select(int mask, int yes, int no) {
        return (yes & mask) | (no & ~mask);
    }
}
