// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/**
 * RSA without padding (PKCS#11 3.2 section 6.1.11, "X.509 (raw) RSA"). It does not wrap keys: a wrapped key that anybody
 * can multiply is no wrapped key (T11).
 */
final class RsaRawFamily implements MechanismFamily {
    private final Engines engines;

    RsaRawFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(Mechanism.row(Ckm.CKM_RSA_X_509, Ckk.CKK_RSA)
                .keySizes(RsaKeyCodec.MIN_BITS, RsaKeyCodec.MAX_BITS)
                .signs(this::signer)
                .verifies(this::verifier)
                .encrypts((key, parameters) -> forward(publicKey(key, parameters), Fault.DATA_INVALID))
                .decrypts((key, parameters) ->
                        back(privateKey(key, parameters), Fault.ENCRYPTED_DATA_LEN_RANGE, Fault.ENCRYPTED_DATA_INVALID))
                .recovers(
                        (key, parameters) -> forward(privateKey(key, parameters), Fault.DATA_INVALID),
                        (key, parameters) ->
                                back(publicKey(key, parameters), Fault.SIGNATURE_LEN_RANGE, Fault.SIGNATURE_INVALID))
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private RsaKeys.Private privateKey(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        return RsaKeys.privateKey(key, engines);
    }

    private RsaKeys.Public publicKey(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        return RsaKeys.publicKey(key, engines);
    }

    /** The permutation of data that zeros in front fill up. */
    private static CipherStream forward(RsaKeys.Form key, Fault tooLarge) {
        int width = key.bytes();
        return new WholeCipher(
                width, Fault.DATA_LEN_RANGE, width, true, data -> key.permute(fillUp(data, width), tooLarge));
    }

    /** The permutation of exactly as many bytes as the modulus has. */
    private static CipherStream back(RsaKeys.Form key, Fault wrongLength, Fault tooLarge) {
        int width = key.bytes();
        return new WholeCipher(width, wrongLength, width, true, block -> {
            if (block.length != width) {
                throw wrongLength.because(block.length + " bytes where the modulus has " + width);
            }
            return key.permute(block, tooLarge);
        });
    }

    private Signer signer(HsmObject key, MechanismParameters parameters) {
        RsaKeys.Private prepared = privateKey(key, parameters);
        int width = prepared.bytes();
        return new WholeSigner(width, width, data -> prepared.permute(fillUp(data, width), Fault.DATA_INVALID));
    }

    private Verifier verifier(HsmObject key, MechanismParameters parameters) {
        RsaKeys.Public prepared = publicKey(key, parameters);
        int width = prepared.bytes();
        return new WholeVerifier(width, (data, signature) -> {
            if (signature.length != width) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            byte[] block = prepared.permute(signature, Fault.SIGNATURE_INVALID);
            if (!MessageDigest.isEqual(block, fillUp(data, width))) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }

    private static byte[] fillUp(byte[] data, int width) {
        byte[] block = new byte[width];
        System.arraycopy(data, 0, block, width - data.length, data.length);
        return block;
    }
}
