// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;

/**
 * EMSA-PSS over a digest (RFC 8017 section 9.1). The engines have it only together with the hash, and PKCS#11 needs it
 * without.
 */
final class PssEncoding {
    private static final int TRAILER = 0xbc;

    private final Hash hash;
    private final Mgf1 mask;
    private final int saltLength;
    private final Engines engines;

    private PssEncoding(Hash hash, Mgf1 mask, int saltLength, Engines engines) {
        this.hash = hash;
        this.mask = mask;
        this.saltLength = saltLength;
        this.engines = engines;
    }

    /** MECHANISM_PARAM_INVALID unless hash, mask generation function and salt length are known and possible. */
    static PssEncoding of(MechanismParameters given, Engines engines) {
        PssParameters parameters = Checks.parameters(PssParameters.class, given);
        Hash hash = Hash.ofMechanism(parameters.hash())
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no hash for PSS"));
        Hash mask = Hash.ofMgf(parameters.mgf())
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no mask generation function for PSS"));
        long salt = parameters.saltLength();
        if (salt < 0 || salt > RsaKeyCodec.MAX_BITS / 8) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a salt of " + salt + " bytes");
        }
        return new PssEncoding(hash, new Mgf1(mask, engines), (int) salt, engines);
    }

    Hash hash() {
        return hash;
    }

    /** MECHANISM_PARAM_INVALID if the salt does not fit into an encoding of so many bits. */
    void checkSalt(int bits) {
        if (saltLength > (bits + 7) / 8 - hash.length() - 2) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a salt of " + saltLength + " bytes is too long for the key");
        }
    }

    /** EMSA-PSS-ENCODE. */
    byte[] encode(byte[] digest, int bits) {
        checkDigest(digest);
        byte[] salt = new byte[saltLength];
        engines.random().nextBytes(salt);
        byte[] encoded = new byte[(bits + 7) / 8];
        int dbLength = encoded.length - hash.length() - 1;
        byte[] h = hashOf(digest, salt, 0);
        encoded[dbLength - saltLength - 1] = 1;
        System.arraycopy(salt, 0, encoded, dbLength - saltLength, saltLength);
        System.arraycopy(h, 0, encoded, dbLength, h.length);
        encoded[encoded.length - 1] = (byte) TRAILER;
        mask.apply(h, 0, h.length, encoded, 0, dbLength);
        encoded[0] = (byte) (encoded[0] & topMask(bits));
        return encoded;
    }

    /** EMSA-PSS-VERIFY of a block as wide as the modulus. */
    boolean verify(byte[] digest, byte[] block, int bits) {
        checkDigest(digest);
        int length = (bits + 7) / 8;
        if (block.length > length && block[0] != 0) {
            return false;
        }
        byte[] encoded = Arrays.copyOfRange(block, block.length - length, block.length);
        int dbLength = length - hash.length() - 1;
        if ((encoded[length - 1] & 0xff) != TRAILER || (encoded[0] & ~topMask(bits)) != 0) {
            return false;
        }
        byte[] h = Arrays.copyOfRange(encoded, dbLength, dbLength + hash.length());
        mask.apply(h, 0, h.length, encoded, 0, dbLength);
        encoded[0] = (byte) (encoded[0] & topMask(bits));
        int oneAt = dbLength - saltLength - 1;
        for (int i = 0; i < oneAt; i++) {
            if (encoded[i] != 0) {
                return false;
            }
        }
        return encoded[oneAt] == 1 && MessageDigest.isEqual(h, hashOf(digest, encoded, oneAt + 1));
    }

    private void checkDigest(byte[] digest) {
        if (digest.length != hash.length()) {
            throw Fault.DATA_LEN_RANGE.because("a digest of " + digest.length + " bytes");
        }
    }

    private byte[] hashOf(byte[] digest, byte[] salt, int saltAt) {
        MessageDigest h = engines.digest(hash.digestName());
        h.update(new byte[8]);
        h.update(digest);
        h.update(salt, saltAt, saltLength);
        return h.digest();
    }

    private static int topMask(int bits) {
        return 0xff >> (-bits & 7);
    }
}
