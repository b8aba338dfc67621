// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;

/** CCM (NIST SP 800-38C, RFC 3610), which must know the length of the data before it starts. */
final class Ccm {
    private static final int MIN_NONCE = 7;
    private static final int MAX_NONCE = 13;

    /** In bytes; RFC 6655 uses so short a MAC, and a shorter one can be guessed. */
    private static final int MIN_MAC = 8;

    private static final int MAX_MAC = 16;

    private Ccm() {}

    /** Starts. MECHANISM_PARAM_INVALID for lengths that CCM does not have, or that are too short. */
    static CipherStream open(CipherKey key, CcmParameters ccm, boolean encrypting) {
        int mac = (int) ccm.macBytes();
        if (ccm.macBytes() < MIN_MAC || ccm.macBytes() > MAX_MAC || mac % 2 != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a MAC of " + ccm.macBytes() + " bytes");
        }
        if (ccm.nonce().length < MIN_NONCE || ccm.nonce().length > MAX_NONCE) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a nonce of " + ccm.nonce().length + " bytes");
        }
        Fault wrongLength = encrypting ? Fault.DATA_LEN_RANGE : Fault.ENCRYPTED_DATA_LEN_RANGE;
        return WholeCipher.ofAnyLength(wrongLength, length -> length + (encrypting ? mac : -mac), input -> {
            int data = encrypting ? input.length : input.length - mac;
            if (data < 0 || (ccm.dataLength() != -1 && ccm.dataLength() != data)) {
                throw wrongLength.because(data + " bytes of data where " + ccm.dataLength() + " were announced");
            }
            int lengthBits = 8 * (15 - ccm.nonce().length);
            if (lengthBits < Integer.SIZE && data >= 1 << lengthBits) {
                throw wrongLength.because("too many data for a nonce of " + ccm.nonce().length + " bytes");
            }
            return run(key, ccm, encrypting, input);
        });
    }

    private static byte[] run(CipherKey key, CcmParameters ccm, boolean encrypting, byte[] input) {
        Fault otherwise = encrypting ? Fault.FUNCTION_FAILED : Fault.ENCRYPTED_DATA_INVALID;
        return EngineCall.orFault(otherwise, "the data do not decrypt", () -> {
            Cipher cipher = key.ciphers(BlockMode.CCM, encrypting).make();
            cipher.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    key.secret(),
                    new GCMParameterSpec((int) ccm.macBytes() * 8, ccm.nonce()));
            cipher.updateAAD(ccm.aad());
            return cipher.doFinal(input);
        });
    }
}
