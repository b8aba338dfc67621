// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** A group for Diffie-Hellman whose base has a prime order (ANSI X9.42, RFC 2631, RFC 5114). */
record X942Group(BigInteger prime, BigInteger base, BigInteger subprime) implements FiniteFieldGroup {
    /** In bits: twice the strength of the smallest prime. */
    private static final int MIN_SUBPRIME = 224;

    @Override
    public List<BigInteger> domain() {
        return List.of(prime, base, subprime);
    }

    @Override
    public void check() {
        if (prime.bitLength() < DhGroup.MIN_BITS
                || prime.bitLength() > DhGroup.MAX_BITS
                || subprime.bitLength() < MIN_SUBPRIME
                || subprime.bitLength() >= prime.bitLength()) {
            throw Fault.KEY_SIZE_RANGE.because(
                    "primes of " + prime.bitLength() + " and " + subprime.bitLength() + " bits");
        }
        DsaGroup.checkOrder(prime, subprime, base);
    }

    @Override
    public boolean contains(BigInteger publicValue) {
        return DsaGroup.hasOrder(prime, subprime, publicValue);
    }

    @Override
    public BigInteger privateBound() {
        return subprime;
    }

    @Override
    public SecretBytes encode(BigInteger privateValue) {
        return BigIntegers.secret(privateValue);
    }
}
