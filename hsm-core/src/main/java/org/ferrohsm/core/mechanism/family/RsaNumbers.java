// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.fault.Fault;

/** The numbers of an RSA private key, consistent with each other (RFC 8017 section 3.2). */
record RsaNumbers(
        BigInteger modulus,
        BigInteger publicExponent,
        BigInteger privateExponent,
        BigInteger prime1,
        BigInteger prime2,
        BigInteger exponent1,
        BigInteger exponent2,
        BigInteger coefficient) {
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger TWO = BigInteger.TWO;

    /** The secret ones, in the order of RSAPrivateKey. */
    List<BigInteger> secrets() {
        return List.of(privateExponent, prime1, prime2, exponent1, exponent2, coefficient);
    }

    /**
     * From the primes, and the private exponent if it is given.
     *
     * @throws org.ferrohsm.core.fault.HsmException {@code otherwise} if they do not fit each other
     */
    static RsaNumbers ofPrimes(
            BigInteger n, BigInteger e, BigInteger p, BigInteger q, Optional<BigInteger> given, Fault otherwise) {
        if (p.compareTo(ONE) <= 0 || q.compareTo(ONE) <= 0 || !p.multiply(q).equals(n)) {
            throw otherwise.because("the primes are not those of the modulus");
        }
        BigInteger p1 = p.subtract(ONE);
        BigInteger q1 = q.subtract(ONE);
        try {
            BigInteger d = given.orElseGet(() -> e.modInverse(p1.multiply(q1).divide(p1.gcd(q1))));
            BigInteger product = e.multiply(d).subtract(ONE);
            if (d.compareTo(n) >= 0
                    || product.mod(p1).signum() != 0
                    || product.mod(q1).signum() != 0) {
                throw otherwise.because("the private exponent does not undo the public one");
            }
            return new RsaNumbers(n, e, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p));
        } catch (ArithmeticException notInvertible) {
            throw otherwise.because("the numbers are not those of an RSA key", notInvertible);
        }
    }

    /**
     * From the two exponents, by factoring the modulus (NIST SP 800-56B revision 2, appendix C.1).
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if they do not undo each other
     */
    static RsaNumbers ofExponents(BigInteger n, BigInteger e, BigInteger d) {
        BigInteger multiple = d.multiply(e).subtract(ONE);
        if (multiple.signum() > 0 && !multiple.testBit(0)) {
            int halvings = multiple.getLowestSetBit();
            BigInteger odd = multiple.shiftRight(halvings);
            for (int base = 2; base < 100; base++) {
                Optional<BigInteger> root = rootOfOne(BigInteger.valueOf(base).modPow(odd, n), n, halvings);
                if (root.isPresent()) {
                    BigInteger p = root.get().subtract(ONE).gcd(n);
                    BigInteger q = n.divide(p);
                    return ofPrimes(n, e, p.max(q), p.min(q), Optional.of(d), Fault.ATTRIBUTE_VALUE_INVALID);
                }
            }
        }
        throw Fault.ATTRIBUTE_VALUE_INVALID.because("the private exponent does not undo the public one");
    }

    /** A square root of one other than 1 and -1, on the way of squaring {@code start}. */
    private static Optional<BigInteger> rootOfOne(BigInteger start, BigInteger n, int squarings) {
        BigInteger minusOne = n.subtract(ONE);
        BigInteger x = start;
        for (int i = 0; i < squarings && !x.equals(ONE) && !x.equals(minusOne); i++) {
            BigInteger square = x.modPow(TWO, n);
            if (square.equals(ONE)) {
                return Optional.of(x);
            }
            x = square;
        }
        return Optional.empty();
    }
}
