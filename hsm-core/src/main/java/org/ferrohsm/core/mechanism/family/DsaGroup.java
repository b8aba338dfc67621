// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.DSAParameters;
import org.ferrohsm.core.fault.Fault;

/** DSA's domain parameters: a base of order {@code subprime} modulo {@code prime} (FIPS 186-4 section 4.1). */
record DsaGroup(BigInteger prime, BigInteger subprime, BigInteger base) {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 3072;

    private static final int CERTAINTY = 100;
    private static final byte[] DSA = {Der.OBJECT_IDENTIFIER, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x38, 4, 1};

    /**
     * Parameters that hold what they promise: two primes, and a base of the smaller one's order.
     *
     * @throws org.ferrohsm.core.fault.HsmException KEY_SIZE_RANGE unless they have 2048 and 224, 2048 and 256 or 3072
     *     and 256 bits; DOMAIN_PARAMS_INVALID
     */
    static DsaGroup checked(BigInteger prime, BigInteger subprime, BigInteger base) {
        int bits = prime.bitLength();
        int subBits = subprime.bitLength();
        if (!(bits == MIN_BITS && (subBits == 224 || subBits == 256)) && !(bits == MAX_BITS && subBits == 256)) {
            throw Fault.KEY_SIZE_RANGE.because("primes of " + bits + " and " + subBits + " bits");
        }
        DsaGroup group = new DsaGroup(prime, subprime, base);
        if (prime.mod(subprime).compareTo(BigInteger.ONE) != 0
                || !group.contains(base)
                || !subprime.isProbablePrime(CERTAINTY)
                || !prime.isProbablePrime(CERTAINTY)) {
            throw Fault.DOMAIN_PARAMS_INVALID.because("no base of a prime order modulo a prime");
        }
        return group;
    }

    /** Whether a value is in the subgroup and not 1 (NIST SP 800-89 section 5.3.1). */
    boolean contains(BigInteger value) {
        return value.compareTo(BigInteger.TWO) >= 0
                && value.compareTo(prime.subtract(BigInteger.TWO)) <= 0
                && value.modPow(subprime, prime).equals(BigInteger.ONE);
    }

    /** Bytes of the subprime, of private values and of each half of a signature. */
    int width() {
        return subprime.bitLength() / 8;
    }

    /** Bouncy Castle's form. */
    DSAParameters domain() {
        return new DSAParameters(prime, subprime, base);
    }

    /** The whole AlgorithmIdentifier of keys with these parameters (RFC 3279 section 2.3.2). */
    byte[] algorithm() {
        return Der.element(
                Der.SEQUENCE,
                DSA,
                Der.element(Der.SEQUENCE, DhGroup.integer(prime), DhGroup.integer(subprime), DhGroup.integer(base)));
    }

    /** The parameters in an AlgorithmIdentifier, or WRAPPED_KEY_INVALID. */
    static DsaGroup of(byte[] algorithm) {
        Der.Reader parts = new Der.Reader(
                Der.content(Der.SEQUENCE, algorithm, Fault.WRAPPED_KEY_INVALID), Fault.WRAPPED_KEY_INVALID);
        byte[] oid = Der.element(Der.OBJECT_IDENTIFIER, parts.next(Der.OBJECT_IDENTIFIER));
        if (!Arrays.equals(oid, DSA)) {
            throw Fault.WRAPPED_KEY_INVALID.because("no DSA key");
        }
        Der.Reader numbers = new Der.Reader(parts.next(Der.SEQUENCE), Fault.WRAPPED_KEY_INVALID);
        return checked(
                BigIntegers.of(numbers.next(Der.INTEGER)),
                BigIntegers.of(numbers.next(Der.INTEGER)),
                BigIntegers.of(numbers.next(Der.INTEGER)));
    }
}
