// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.object.HsmObject;

/** RSA OAEP, to encrypt and to wrap (PKCS#11 3.2 section 6.1.8, RFC 8017 section 7.1). */
final class RsaOaepFamily implements MechanismFamily {
    private final Engines engines;

    RsaOaepFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(Mechanism.row(Ckm.CKM_RSA_PKCS_OAEP, Ckk.CKK_RSA)
                .keySizes(RsaKeyCodec.MIN_BITS, RsaKeyCodec.MAX_BITS)
                .parameters(OaepParameters.class)
                .encrypts(this::encryptor)
                .decrypts(this::decryptor)
                .wraps(new OaepWrapper(engines))
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private CipherStream encryptor(HsmObject key, MechanismParameters parameters) {
        OaepEncoding encoding = OaepEncoding.of(parameters, engines);
        RsaKeys.Public prepared = RsaKeys.publicKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(
                encoding.capacity(width),
                Fault.DATA_LEN_RANGE,
                width,
                true,
                data -> OaepWrapper.encrypt(prepared, encoding, data));
    }

    private CipherStream decryptor(HsmObject key, MechanismParameters parameters) {
        OaepEncoding encoding = OaepEncoding.of(parameters, engines);
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(width, Fault.ENCRYPTED_DATA_LEN_RANGE, encoding.capacity(width), false, ciphertext -> {
            if (ciphertext.length != width) {
                throw Fault.ENCRYPTED_DATA_LEN_RANGE.because("a ciphertext of " + ciphertext.length + " bytes");
            }
            return OaepWrapper.decrypt(prepared, encoding, ciphertext, Fault.ENCRYPTED_DATA_INVALID);
        });
    }
}
