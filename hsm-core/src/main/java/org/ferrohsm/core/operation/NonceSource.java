// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.jspecify.annotations.Nullable;

/**
 * The nonces of one key in one session, which must not repeat (CK_GCM_MESSAGE_PARAMS, ivGenerator; PKCS#11 3.2 section
 * 6.13). The counter starts at zero and goes on for as long as the session lives, whatever processes of messages it has
 * in between.
 */
public final class NonceSource {
    /** Fewer random bits would soon repeat. */
    private static final int FEWEST_RANDOM_BITS = 64;

    private final SecureRandom random;
    private BigInteger counter = BigInteger.ZERO;
    private @Nullable BigInteger base;

    public NonceSource(SecureRandom random) {
        this.random = random;
    }

    /**
     * The nonce of the next message to be encrypted.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID for an unknown generator, and where the bits
     *     that are not fixed do not suffice
     */
    public byte[] next(MessageParameters parameters) {
        byte[] given = parameters.nonce();
        if (parameters.generator() == Ckg.CKG_NO_GENERATE) {
            return given.clone();
        }
        long bits = 8L * given.length;
        long fixed = parameters.fixedBits();
        if (fixed < 0 || fixed > bits) {
            throw Fault.MECHANISM_PARAM_INVALID.because(fixed + " fixed bits in a nonce of " + bits);
        }
        int free = (int) (bits - fixed);
        BigInteger mask = BigInteger.ONE.shiftLeft(free).subtract(BigInteger.ONE);
        BigInteger whole = new BigInteger(1, given);
        BigInteger value = value(parameters.generator(), free, whole.and(mask));
        return unsigned(whole.andNot(mask).or(value), given.length);
    }

    /**
     * The nonce of one message whose session keeps no count, such as a wrapped key.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID also for the counters, which would begin with
     *     the same nonce each time
     */
    public static byte[] single(MessageParameters parameters, SecureRandom random) {
        if (parameters.generator() == Ckg.CKG_GENERATE_COUNTER
                || parameters.generator() == Ckg.CKG_GENERATE_COUNTER_XOR) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a counter that would start anew with each message");
        }
        return new NonceSource(random).next(parameters);
    }

    private BigInteger value(long generator, int free, BigInteger given) {
        if (generator == Ckg.CKG_GENERATE || generator == Ckg.CKG_GENERATE_RANDOM) {
            if (free < FEWEST_RANDOM_BITS) {
                throw Fault.MECHANISM_PARAM_INVALID.because("a nonce with " + free + " random bits");
            }
            return new BigInteger(free, random);
        }
        if (generator == Ckg.CKG_GENERATE_COUNTER) {
            return count(free);
        }
        if (generator == Ckg.CKG_GENERATE_COUNTER_XOR) {
            if (base == null) {
                base = given;
            }
            BigInteger start = base;
            return count(free).xor(start.and(BigInteger.ONE.shiftLeft(free).subtract(BigInteger.ONE)));
        }
        throw Fault.MECHANISM_PARAM_INVALID.because("there is no nonce generator " + generator);
    }

    private BigInteger count(int free) {
        if (counter.bitLength() > free) {
            throw Fault.MECHANISM_PARAM_INVALID.because("all nonces of " + free + " counted bits are used up");
        }
        BigInteger value = counter;
        counter = counter.add(BigInteger.ONE);
        return value;
    }

    private static byte[] unsigned(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] field = new byte[length];
        int count = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - count, field, length - count, count);
        Arrays.fill(bytes, (byte) 0);
        return field;
    }
}
