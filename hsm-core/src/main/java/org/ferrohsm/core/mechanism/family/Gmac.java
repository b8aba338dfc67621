// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;

/** GMAC (NIST SP 800-38D): a GCM of no plaintext whose additional data are the message. One message for each IV. */
final class Gmac implements Signer, Verifier {
    private final Cipher cipher;
    private final int length;

    /** MECHANISM_PARAM_INVALID if the engine refuses the parameters. */
    Gmac(CipherKey key, GcmParameters gcm) {
        this.length = (int) (gcm.tagBits() / 8);
        this.cipher = EngineCall.orFault(Fault.MECHANISM_PARAM_INVALID, "the engine refuses the parameter", () -> {
            Cipher made = key.ciphers(BlockMode.GCM, true).make();
            made.init(Cipher.ENCRYPT_MODE, key.secret(), new GCMParameterSpec((int) gcm.tagBits(), gcm.iv()));
            return made;
        });
    }

    @Override
    public void update(byte[] data, int offset, int count) {
        cipher.updateAAD(data, offset, count);
    }

    @Override
    public byte[] sign() {
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC fails", cipher::doFinal);
    }

    @Override
    public int signatureLength() {
        return length;
    }

    @Override
    public void verify(byte[] signature) {
        MacOperation.requireEqual(sign(), signature);
    }
}
