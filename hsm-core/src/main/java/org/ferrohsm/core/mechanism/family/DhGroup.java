// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;

/** A group for Diffie-Hellman modulo a safe prime (PKCS #3, RFC 3526, RFC 7919). */
record DhGroup(BigInteger prime, BigInteger base) {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 8192;

    private static final int CERTAINTY = 100;
    private static final BigInteger TWO = BigInteger.TWO;
    private static final byte[] PKCS3 = {
        Der.OBJECT_IDENTIFIER, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 3, 1
    };

    /**
     * A group whose only small subgroup is that of 1 and -1, so that a public value in range is a good one.
     *
     * @throws org.ferrohsm.core.fault.HsmException KEY_SIZE_RANGE, DOMAIN_PARAMS_INVALID
     */
    static DhGroup checked(BigInteger prime, BigInteger base) {
        if (prime.bitLength() < MIN_BITS || prime.bitLength() > MAX_BITS) {
            throw Fault.KEY_SIZE_RANGE.because("a prime of " + prime.bitLength() + " bits");
        }
        DhGroup group = new DhGroup(prime, base);
        if (!group.contains(base)
                || !prime.isProbablePrime(CERTAINTY)
                || !prime.shiftRight(1).isProbablePrime(CERTAINTY)) {
            throw Fault.DOMAIN_PARAMS_INVALID.because("no safe prime with a base in its range");
        }
        return group;
    }

    /** Whether a value is neither 0, 1, -1 nor out of range (NIST SP 800-56A revision 3, section 5.6.2.3.1). */
    boolean contains(BigInteger value) {
        return value.compareTo(TWO) >= 0 && value.compareTo(prime.subtract(TWO)) <= 0;
    }

    /** Bytes of the prime, of public values and of agreed secrets. */
    int width() {
        return (prime.bitLength() + 7) / 8;
    }

    /** The whole AlgorithmIdentifier of keys of this group. */
    byte[] algorithm() {
        return Der.element(Der.SEQUENCE, PKCS3, Der.element(Der.SEQUENCE, integer(prime), integer(base)));
    }

    /** The group in an AlgorithmIdentifier, or WRAPPED_KEY_INVALID. */
    static DhGroup of(byte[] algorithm) {
        Der.Reader parts = new Der.Reader(
                Der.content(Der.SEQUENCE, algorithm, Fault.WRAPPED_KEY_INVALID), Fault.WRAPPED_KEY_INVALID);
        byte[] oid = Der.element(Der.OBJECT_IDENTIFIER, parts.next(Der.OBJECT_IDENTIFIER));
        if (!Arrays.equals(oid, PKCS3)) {
            throw Fault.WRAPPED_KEY_INVALID.because("no Diffie-Hellman key");
        }
        Der.Reader numbers = new Der.Reader(parts.next(Der.SEQUENCE), Fault.WRAPPED_KEY_INVALID);
        return checked(BigIntegers.of(numbers.next(Der.INTEGER)), BigIntegers.of(numbers.next(Der.INTEGER)));
    }

    /** An INTEGER. */
    static byte[] integer(BigInteger value) {
        return Der.element(Der.INTEGER, value.toByteArray());
    }
}
