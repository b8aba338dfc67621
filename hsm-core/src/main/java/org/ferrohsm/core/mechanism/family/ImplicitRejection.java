// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.ConstantTime.isLess;
import static org.ferrohsm.core.mechanism.family.ConstantTime.isZero;
import static org.ferrohsm.core.mechanism.family.ConstantTime.select;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * Takes the padding of RSAES-PKCS1-v1_5 off without telling whether it was right: a wrong one gives a message that
 * depends on key and ciphertext alone (draft-irtf-cfrg-rsa-guidance, section 7). No branch and no address but the length
 * of the result depends on the block.
 */
final class ImplicitRejection {
    /** Of a message that may have any length. */
    static final int ANY_LENGTH = -1;

    private static final int MIN_PADDING = 8;
    private static final int LENGTH_CANDIDATES = 128;

    private final SecretBytes privateExponent;
    private final Engines engines;

    ImplicitRejection(SecretBytes privateExponent, Engines engines) {
        this.privateExponent = privateExponent;
        this.engines = engines;
    }

    /**
     * The message in {@code block}, or the one made up for {@code ciphertext}, both of the modulus's length. Unless {@code
     * length} is {@link #ANY_LENGTH}, a message of another is as wrong as one without padding.
     */
    byte[] message(byte[] block, byte[] ciphertext, int length) {
        int width = block.length;
        Mac prf = keyed(ciphertext);
        byte[] lengths = expand(prf, "length", 2 * LENGTH_CANDIDATES);
        byte[] madeUp = expand(prf, "message", width);

        int good = isZero(block[0]) & isZero(block[1] ^ 2);
        int separator = 0;
        int found = 0;
        for (int i = 2; i < width; i++) {
            int zero = isZero(block[i]) & ~found;
            separator = select(zero, i, separator);
            found |= zero;
        }
        good &= ~isLess(separator, 2 + MIN_PADDING);

        int otherwise = madeUpLength(lengths, width);
        if (length != ANY_LENGTH) {
            int difference = width - separator - 1 ^ length;
            good &= isZero(difference) & isZero(difference >> 8);
            otherwise = length;
        }

        int start = select(good, separator + 1, width - otherwise);
        byte[] message = new byte[width - start];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) select(good, block[start + i], madeUp[start + i]);
        }
        Arrays.fill(madeUp, (byte) 0);
        return message;
    }

    /** The last candidate that is a possible length. */
    private static int madeUpLength(byte[] candidates, int width) {
        int limit = width - 2 - MIN_PADDING;
        int mask = (Integer.highestOneBit(limit) << 1) - 1;
        int length = 0;
        for (int i = 0; i < candidates.length; i += 2) {
            int candidate = ((candidates[i] & 0xff) << 8 | (candidates[i + 1] & 0xff)) & mask;
            length = select(isLess(candidate, limit), candidate, length);
        }
        return length;
    }

    /** HMAC-SHA256 keyed for this ciphertext. */
    private Mac keyed(byte[] ciphertext) {
        byte[] exponent = privateExponent.use(bytes -> leftPadded(bytes, ciphertext.length));
        byte[] keyHash = engines.digest(Hash.SHA256.digestName()).digest(exponent);
        Arrays.fill(exponent, (byte) 0);
        byte[] key = hmac(keyHash).doFinal(ciphertext);
        try {
            return hmac(key);
        } finally {
            Arrays.fill(keyHash, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private Mac hmac(byte[] key) {
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC cannot start", () -> {
            Mac mac = engines.mac(Hash.SHA256.hmacName());
            mac.init(new SecretKeySpec(key, "HMAC"));
            return mac;
        });
    }

    private static byte[] expand(Mac prf, String label, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] output = new byte[length];
        int bits = 8 * length;
        for (int at = 0, round = 0; at < length; at += Hash.SHA256.length(), round++) {
            prf.update((byte) (round >> 8));
            prf.update((byte) round);
            prf.update(name);
            prf.update((byte) (bits >> 8));
            prf.update((byte) bits);
            byte[] block = prf.doFinal();
            System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
        }
        return output;
    }

    private static byte[] leftPadded(byte[] bytes, int length) {
        byte[] padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }
}
