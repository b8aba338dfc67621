// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** A group for Diffie-Hellman modulo a safe prime (PKCS #3, RFC 3526, RFC 7919). */
record DhGroup(BigInteger prime, BigInteger base) implements FiniteFieldGroup {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 8192;

    private static final int CERTAINTY = 100;
    private static final BigInteger TWO = BigInteger.TWO;

    @Override
    public List<BigInteger> domain() {
        return List.of(prime, base);
    }

    /** The only small subgroup has to be that of 1 and -1, so that a public value in range is a good one. */
    @Override
    public void check() {
        if (prime.bitLength() < MIN_BITS || prime.bitLength() > MAX_BITS) {
            throw Fault.KEY_SIZE_RANGE.because("a prime of " + prime.bitLength() + " bits");
        }
        if (!contains(base)
                || !prime.isProbablePrime(CERTAINTY)
                || !prime.shiftRight(1).isProbablePrime(CERTAINTY)) {
            throw Fault.DOMAIN_PARAMS_INVALID.because("no safe prime with a base in its range");
        }
    }

    /** Whether a value is neither 0, 1, -1 nor out of range (NIST SP 800-56A revision 3, section 5.6.2.3.1). */
    @Override
    public boolean contains(BigInteger publicValue) {
        return publicValue.compareTo(TWO) >= 0 && publicValue.compareTo(prime.subtract(TWO)) <= 0;
    }

    @Override
    public BigInteger privateBound() {
        return prime.subtract(BigInteger.ONE);
    }

    /** As short as it is: how short it may be is the maker's choice, CKA_VALUE_BITS. */
    @Override
    public SecretBytes encode(BigInteger privateValue) {
        return BigIntegers.secret(privateValue);
    }
}
