// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.ConstantTime.isZero;
import static org.ferrohsm.core.mechanism.family.ConstantTime.select;

import java.util.Arrays;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;

/**
 * EME-OAEP (RFC 8017 section 7.1). The fast engine knows no label, and the others branch on the first byte of a
 * decryption, which is what Manger's attack measures; here nothing but the message's length depends on the block.
 */
final class OaepEncoding {
    private final Hash hash;
    private final Mgf1 mask;
    private final byte[] label;
    private final Engines engines;

    private OaepEncoding(Hash hash, Mgf1 mask, byte[] label, Engines engines) {
        this.hash = hash;
        this.mask = mask;
        this.label = label;
        this.engines = engines;
    }

    /** MECHANISM_PARAM_INVALID unless hash, mask generation function and source of the label are known. */
    static OaepEncoding of(MechanismParameters given, Engines engines) {
        OaepParameters parameters = Checks.parameters(OaepParameters.class, given);
        Hash hash = Hash.ofMechanism(parameters.hash())
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no hash for OAEP"));
        Hash mask = Hash.ofMgf(parameters.mgf())
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no mask generation function for OAEP"));
        boolean unlabelled = parameters.source() == 0 && parameters.label().length == 0;
        if (parameters.source() != Ckz.CKZ_DATA_SPECIFIED && !unlabelled) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no source of the encoding parameter for OAEP");
        }
        return new OaepEncoding(hash, new Mgf1(mask, engines), parameters.label(), engines);
    }

    /** The longest message under a modulus of {@code width} bytes. */
    int capacity(int width) {
        return width - 2 * hash.length() - 2;
    }

    /** A block of {@code width} bytes around a message that fits. */
    byte[] encode(byte[] message, int width) {
        byte[] block = new byte[width];
        int seedLength = hash.length();
        int dbAt = 1 + seedLength;
        byte[] seed = new byte[seedLength];
        engines.random().nextBytes(seed);
        System.arraycopy(seed, 0, block, 1, seedLength);
        System.arraycopy(labelHash(), 0, block, dbAt, seedLength);
        block[width - message.length - 1] = 1;
        System.arraycopy(message, 0, block, width - message.length, message.length);
        mask.apply(block, 1, seedLength, block, dbAt, width - dbAt);
        mask.apply(block, dbAt, width - dbAt, block, 1, seedLength);
        Arrays.fill(seed, (byte) 0);
        return block;
    }

    /** The message in {@code block}, which is overwritten; one {@code otherwise} for all that can be wrong with it. */
    byte[] decode(byte[] block, Fault otherwise) {
        int seedLength = hash.length();
        int dbAt = 1 + seedLength;
        mask.apply(block, dbAt, block.length - dbAt, block, 1, seedLength);
        mask.apply(block, 1, seedLength, block, dbAt, block.length - dbAt);
        int good = isZero(block[0]);
        byte[] expected = labelHash();
        for (int i = 0; i < seedLength; i++) {
            good &= isZero(block[dbAt + i] ^ expected[i]);
        }
        int seeking = -1;
        int separator = 0;
        for (int i = dbAt + seedLength; i < block.length; i++) {
            int zero = isZero(block[i]);
            int one = isZero(block[i] ^ 1);
            separator = select(seeking & one, i, separator);
            good &= ~seeking | zero | one;
            seeking &= zero;
        }
        good &= ~seeking;
        if (good == 0) {
            throw otherwise.because("the padding is not that of OAEP with these parameters");
        }
        return Arrays.copyOfRange(block, separator + 1, block.length);
    }

    private byte[] labelHash() {
        return engines.digest(hash.digestName()).digest(label);
    }
}
