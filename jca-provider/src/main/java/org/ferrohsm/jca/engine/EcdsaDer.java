// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** ECDSA-Sig-Value (RFC 3279 section 2.2.3) and the two halves r and s of PKCS#11. */
final class EcdsaDer {
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;
    private static final int LONG_FORM = 0x81;
    private static final int SHORT_FORM_MAX = 0x7f;
    private static final int WIDEST_HALF = 66;

    private EcdsaDer() {}

    /** The sequence of two equal halves. */
    static byte[] encode(byte[] halves) {
        int width = halves.length / 2;
        byte[] r = new BigInteger(1, halves, 0, width).toByteArray();
        byte[] s = new BigInteger(1, halves, width, width).toByteArray();
        int content = 4 + r.length + s.length;
        int header = content > SHORT_FORM_MAX ? 3 : 2;
        byte[] der = new byte[header + content];
        der[0] = SEQUENCE;
        if (header == 3) {
            der[1] = (byte) LONG_FORM;
        }
        der[header - 1] = (byte) content;
        int at = putInteger(der, header, r);
        putInteger(der, at, s);
        return der;
    }

    /** Two halves as wide as the wider number; null unless {@code der} is the one encoding of two positive numbers. */
    static byte @Nullable [] decode(byte[] der) {
        if (der.length < 8) {
            return null;
        }
        int header = (der[1] & 0xff) == LONG_FORM ? 3 : 2;
        int rLength = header + 1 < der.length ? der[header + 1] & 0xff : 0;
        int sAt = header + 2 + rLength;
        if (sAt + 2 > der.length) {
            return null;
        }
        int sLength = der[sAt + 1] & 0xff;
        if (rLength == 0 || sLength == 0 || sAt + 2 + sLength != der.length) {
            return null;
        }
        BigInteger r = new BigInteger(der, header + 2, rLength);
        BigInteger s = new BigInteger(der, sAt + 2, sLength);
        int width = (Math.max(r.bitLength(), s.bitLength()) + 7) / 8;
        if (r.signum() <= 0 || s.signum() <= 0 || width > WIDEST_HALF) {
            return null;
        }
        byte[] halves = new byte[2 * width];
        copyRight(r, halves, width);
        copyRight(s, halves, 2 * width);
        return Arrays.equals(encode(halves), der) ? halves : null;
    }

    private static int putInteger(byte[] der, int at, byte[] number) {
        der[at] = INTEGER;
        der[at + 1] = (byte) number.length;
        System.arraycopy(number, 0, der, at + 2, number.length);
        return at + 2 + number.length;
    }

    private static void copyRight(BigInteger number, byte[] target, int end) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        System.arraycopy(bytes, sign, target, end - (bytes.length - sign), bytes.length - sign);
    }
}
