// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.params.DSAParameters;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** DSA's domain parameters: a base of order {@code subprime} modulo {@code prime} (FIPS 186-4 section 4.1). */
record DsaGroup(BigInteger prime, BigInteger subprime, BigInteger base) implements FiniteFieldGroup {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 3072;

    private static final int CERTAINTY = 100;

    @Override
    public List<BigInteger> domain() {
        return List.of(prime, subprime, base);
    }

    /** Two primes of 2048 and 224, 2048 and 256 or 3072 and 256 bits, and a base of the smaller one's order. */
    @Override
    public void check() {
        int bits = prime.bitLength();
        int subBits = subprime.bitLength();
        if (!(bits == MIN_BITS && (subBits == 224 || subBits == 256)) && !(bits == MAX_BITS && subBits == 256)) {
            throw Fault.KEY_SIZE_RANGE.because("primes of " + bits + " and " + subBits + " bits");
        }
        checkOrder(prime, subprime, base);
    }

    /** DOMAIN_PARAMS_INVALID unless both are primes and the base has the order {@code subprime} modulo {@code prime}. */
    static void checkOrder(BigInteger prime, BigInteger subprime, BigInteger base) {
        if (prime.mod(subprime).compareTo(BigInteger.ONE) != 0
                || !hasOrder(prime, subprime, base)
                || !subprime.isProbablePrime(CERTAINTY)
                || !prime.isProbablePrime(CERTAINTY)) {
            throw Fault.DOMAIN_PARAMS_INVALID.because("no base of a prime order modulo a prime");
        }
    }

    /** Whether a value is in the subgroup and not 1 (NIST SP 800-89 section 5.3.1). */
    @Override
    public boolean contains(BigInteger publicValue) {
        return hasOrder(prime, subprime, publicValue);
    }

    /** Whether a value is in range, not 1 and in the subgroup of prime order. */
    static boolean hasOrder(BigInteger prime, BigInteger subprime, BigInteger value) {
        return value.compareTo(BigInteger.TWO) >= 0
                && value.compareTo(prime.subtract(BigInteger.TWO)) <= 0
                && value.modPow(subprime, prime).equals(BigInteger.ONE);
    }

    @Override
    public BigInteger privateBound() {
        return subprime;
    }

    @Override
    public SecretBytes encode(BigInteger privateValue) {
        return SecretBytes.adopt(BigIntegers.bytes(privateValue, width()));
    }

    /** Bytes of the subprime, of private values and of each half of a signature. */
    int width() {
        return subprime.bitLength() / 8;
    }

    /** Bouncy Castle's form. */
    DSAParameters engineForm() {
        return new DSAParameters(prime, subprime, base);
    }
}
