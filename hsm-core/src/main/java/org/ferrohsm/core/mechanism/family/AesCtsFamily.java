// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;

/**
 * AES in CBC mode with ciphertext stealing (PKCS#11 3.2 section 6.15), which is CBC-CS1 of the addendum to NIST SP
 * 800-38A: the last but one block is cut, and the last two never change places.
 */
final class AesCtsFamily implements MechanismFamily {
    private static final int BLOCK = 16;

    private final Engines engines;

    AesCtsFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(new BlockRows(BlockCipher.AES, engines)
                .row(Ckm.CKM_AES_CTS)
                .parameters(RawParameters.class)
                .encrypts((key, parameters) -> open(key, parameters, true))
                .decrypts((key, parameters) -> open(key, parameters, false))
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private CipherStream open(HsmObject object, MechanismParameters parameters, boolean encrypting) {
        CipherKey key = CipherKey.of(object, BlockCipher.AES, engines);
        byte[] iv = Checks.parameters(RawParameters.class, parameters).bytes();
        if (iv.length != BLOCK) {
            throw Fault.MECHANISM_PARAM_INVALID.because("an IV of " + iv.length + " bytes");
        }
        return WholeCipher.keepingLength(
                encrypting, BLOCK, data -> encrypting ? encrypt(key, iv, data) : decrypt(key, iv, data));
    }

    private static byte[] encrypt(CipherKey key, byte[] iv, byte[] data) {
        int rest = data.length % BLOCK;
        if (rest == 0) {
            return cbc(key, iv, data, true);
        }
        byte[] blocks = cbc(key, iv, Arrays.copyOf(data, data.length - rest + BLOCK), true);
        byte[] output = Arrays.copyOf(blocks, data.length);
        System.arraycopy(blocks, blocks.length - BLOCK, output, data.length - BLOCK, BLOCK);
        return output;
    }

    private static byte[] decrypt(CipherKey key, byte[] iv, byte[] data) {
        int rest = data.length % BLOCK;
        if (rest == 0) {
            return cbc(key, iv, data, false);
        }
        int cut = data.length - BLOCK - rest;
        byte[] last = key.blocks(false, Arrays.copyOfRange(data, data.length - BLOCK, data.length));
        byte[] whole = Arrays.copyOf(data, data.length - rest + BLOCK);
        System.arraycopy(last, rest, whole, cut + rest, BLOCK - rest);
        System.arraycopy(data, data.length - BLOCK, whole, cut + BLOCK, BLOCK);
        return Arrays.copyOf(cbc(key, iv, whole, false), data.length);
    }

    private static byte[] cbc(CipherKey key, byte[] iv, byte[] data, boolean encrypting) {
        return new BlockStream(key, BlockMode.CBC, encrypting, new IvParameterSpec(iv), new byte[0], 0)
                .finish(data, 0, data.length);
    }
}
