// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Accumulator;
import org.ferrohsm.core.mechanism.CipherStream;
import org.jspecify.annotations.Nullable;

/** A running encryption or decryption by a block cipher in one of the engine's modes. */
final class BlockStream implements CipherStream {
    private static final byte[] NOTHING = new byte[0];

    /** In bytes (NIST SP 800-38D section 8.2). */
    private static final int USUAL_GCM_IV = 12;

    private static final int MOST = Integer.MAX_VALUE - 64;

    private final BlockMode mode;
    private final int block;
    private final boolean encrypting;
    private final int tagBytes;
    private final Spare<Cipher> spare;
    private final Cipher cipher;
    private final boolean reusable;

    /** The ciphertext of an authenticated decryption until its end: some engines would give plaintext before it. */
    private final Accumulator held = new Accumulator(MOST, Fault.ENCRYPTED_DATA_LEN_RANGE);

    private long taken;
    private long given;

    /**
     * Starts.
     *
     * @param spec IV and the like; null for ECB
     * @param aad additional data, for GCM
     * @param tagBytes length of the tag, 0 without one
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID if the engine refuses {@code spec}
     */
    BlockStream(
            CipherKey key,
            BlockMode mode,
            boolean encrypting,
            @Nullable AlgorithmParameterSpec spec,
            byte[] aad,
            int tagBytes) {
        this.mode = mode;
        this.block = key.block().block();
        this.encrypting = encrypting;
        this.tagBytes = tagBytes;
        this.spare = key.ciphers(mode, encrypting);
        this.reusable = !(spec instanceof GCMParameterSpec gcm) || gcm.getIV().length == USUAL_GCM_IV;
        this.cipher = EngineCall.orFault(Fault.FUNCTION_FAILED, "the cipher cannot start", () -> started(key, spec));
        if (aad.length > 0) {
            cipher.updateAAD(aad);
        }
    }

    /**
     * A cipher with key and parameters in place. A used one of AWS-LC goes on with a wrong IV if the IV's length changes
     * under GCM, so that it is kept for one length; and any used one refuses the IV that it has just encrypted with, which
     * is the caller's matter and must not depend on which cipher the caller happens to get.
     */
    private Cipher started(CipherKey key, @Nullable AlgorithmParameterSpec spec) throws GeneralSecurityException {
        int direction = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        if (reusable) {
            Cipher used = spare.take();
            try {
                used.init(direction, key.secret(), spec);
                return used;
            } catch (InvalidAlgorithmParameterException e) {
                return startedNew(direction, key, spec);
            }
        }
        return startedNew(direction, key, spec);
    }

    private Cipher startedNew(int direction, CipherKey key, @Nullable AlgorithmParameterSpec spec)
            throws GeneralSecurityException {
        Cipher cipher = spare.make();
        try {
            cipher.init(direction, key.secret(), spec);
        } catch (InvalidAlgorithmParameterException e) {
            throw Fault.MECHANISM_PARAM_INVALID.because("the engine refuses the parameter", e);
        }
        return cipher;
    }

    @Override
    public int updateSize(int inputLength) {
        if (isHeld()) {
            return 0;
        }
        long ready = taken - given + inputLength;
        return (int) (mode.isBlockwise() ? ready - ready % block : ready);
    }

    @Override
    public int finishSize(int inputLength) {
        long rest = taken - given + inputLength;
        if (tagBytes > 0) {
            return (int) (encrypting ? rest + tagBytes : Math.max(0, rest - tagBytes));
        }
        return (int) (mode.isPadded() && encrypting ? rest - rest % block + block : rest);
    }

    /** Only the padding of a decryption is unknown before its end. */
    @Override
    public boolean sizesExact() {
        return encrypting || !mode.isPadded();
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        taken += length;
        if (isHeld()) {
            held.add(input, offset, length);
            return NOTHING;
        }
        byte[] output = EngineCall.orFault(
                Fault.FUNCTION_FAILED, "the cipher fails", () -> cipher.update(input, offset, length));
        if (output == null) {
            return NOTHING;
        }
        given += output.length;
        return output;
    }

    @Override
    public byte[] finish(byte[] input, int offset, int length) {
        taken += length;
        checkLength();
        Fault otherwise = encrypting ? Fault.FUNCTION_FAILED : Fault.ENCRYPTED_DATA_INVALID;
        byte[] output = EngineCall.orFault(otherwise, "the data do not decrypt", () -> doFinal(input, offset, length));
        if (reusable) {
            spare.giveBack(cipher);
        }
        return output;
    }

    private boolean isHeld() {
        return tagBytes > 0 && !encrypting;
    }

    private byte[] doFinal(byte[] input, int offset, int length) throws GeneralSecurityException {
        if (held.length() == 0) {
            byte[] output = cipher.doFinal(input, offset, length);
            return output == null ? NOTHING : output;
        }
        held.add(input, offset, length);
        byte[] output = cipher.doFinal(held.take());
        return output == null ? NOTHING : output;
    }

    private void checkLength() {
        boolean ragged = mode.isBlockwise() && taken % block != 0;
        if (encrypting) {
            if (ragged && !mode.isPadded()) {
                throw Fault.DATA_LEN_RANGE.because(taken + " bytes are not whole blocks");
            }
        } else if (ragged || (mode.isPadded() && taken == 0) || taken < tagBytes) {
            throw Fault.ENCRYPTED_DATA_LEN_RANGE.because(taken + " bytes cannot be a ciphertext");
        }
    }
}
