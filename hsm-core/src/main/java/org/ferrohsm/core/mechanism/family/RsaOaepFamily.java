// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

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
                .wraps(new Wrapper())
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
                encoding.capacity(width), Fault.DATA_LEN_RANGE, width, true, data -> encrypt(prepared, encoding, data));
    }

    private CipherStream decryptor(HsmObject key, MechanismParameters parameters) {
        OaepEncoding encoding = OaepEncoding.of(parameters, engines);
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(width, Fault.ENCRYPTED_DATA_LEN_RANGE, encoding.capacity(width), false, ciphertext -> {
            if (ciphertext.length != width) {
                throw Fault.ENCRYPTED_DATA_LEN_RANGE.because("a ciphertext of " + ciphertext.length + " bytes");
            }
            return decrypt(prepared, encoding, ciphertext, Fault.ENCRYPTED_DATA_INVALID);
        });
    }

    private static byte[] encrypt(RsaKeys.Public key, OaepEncoding encoding, byte[] data) {
        byte[] block = encoding.encode(data, key.bytes());
        try {
            return key.permute(block, Fault.FUNCTION_FAILED);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** One fault for everything that is wrong inside, so that nothing can be learnt from it (T13). */
    private static byte[] decrypt(RsaKeys.Private key, OaepEncoding encoding, byte[] ciphertext, Fault otherwise) {
        byte[] block = key.permute(ciphertext, otherwise);
        try {
            return encoding.decode(block, otherwise);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    private final class Wrapper implements KeyWrapper {
        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
            OaepEncoding encoding = OaepEncoding.of(parameters, engines);
            RsaKeys.Public prepared = RsaKeys.publicKey(wrappingKey, engines);
            if (serialised.length() > encoding.capacity(prepared.bytes())) {
                throw Fault.KEY_SIZE_RANGE.because("a key of " + serialised.length() + " bytes does not fit");
            }
            return serialised.use(bytes -> encrypt(prepared, encoding, bytes));
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
            OaepEncoding encoding = OaepEncoding.of(parameters, engines);
            RsaKeys.Private prepared = RsaKeys.privateKey(unwrappingKey, engines);
            if (wrapped.length != prepared.bytes()) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
            }
            return SecretBytes.adopt(decrypt(prepared, encoding, wrapped, Fault.WRAPPED_KEY_INVALID));
        }
    }
}
