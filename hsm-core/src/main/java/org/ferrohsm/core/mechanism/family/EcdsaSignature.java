// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.fault.Fault;

/** ECDSA signatures in the engines' DER and in PKCS#11's two halves r and s (PKCS#11 3.2 section 6.3.1). */
final class EcdsaSignature {
    private EcdsaSignature() {}

    /** r and s in {@code width} bytes each. */
    static byte[] toHalves(byte[] der, int width) {
        Der.Reader both = new Der.Reader(Der.content(Der.SEQUENCE, der, Fault.FUNCTION_FAILED), Fault.FUNCTION_FAILED);
        byte[] halves = new byte[2 * width];
        copyRight(both.next(Der.INTEGER), halves, width);
        copyRight(both.next(Der.INTEGER), halves, 2 * width);
        both.end();
        return halves;
    }

    /** The DER of two equal halves. */
    static byte[] toDer(byte[] halves) {
        int half = halves.length / 2;
        return Der.element(Der.SEQUENCE, Der.unsigned(halves, 0, half), Der.unsigned(halves, half, half));
    }

    private static void copyRight(byte[] number, byte[] target, int end) {
        int leadingZero = number.length > 1 && number[0] == 0 ? 1 : 0;
        int length = number.length - leadingZero;
        System.arraycopy(number, leadingZero, target, end - length, length);
    }
}
