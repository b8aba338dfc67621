// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import org.ferrohsm.core.secret.SecretBytes;

/** Unsigned big-endian integers, as attributes hold them. */
final class BigIntegers {
    private BigIntegers() {}

    static BigInteger of(byte[] magnitude) {
        return new BigInteger(1, magnitude);
    }

    static BigInteger of(SecretBytes magnitude) {
        return magnitude.use(BigIntegers::of);
    }

    /** Without leading zeros; zero is one byte. */
    static byte[] bytes(BigInteger value) {
        return bytes(value, Math.max(1, (value.bitLength() + 7) / 8));
    }

    /** In exactly {@code length} bytes; the value must fit. */
    static byte[] bytes(BigInteger value, int length) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[length];
        int count = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - count, fixed, length - count, count);
        Arrays.fill(signed, (byte) 0);
        return fixed;
    }

    static SecretBytes secret(BigInteger value) {
        return SecretBytes.adopt(bytes(value));
    }
}
