// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.HashedSigner;
import org.ferrohsm.core.mechanism.HashedVerifier;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.object.HsmObject;

/** RSA PSS over a digest and over data (PKCS#11 3.2 section 6.1.10, RFC 8017 section 8.1). */
final class RsaPssFamily implements MechanismFamily {
    private static final List<Row> ROWS = List.of(
            new Row(Ckm.CKM_SHA1_RSA_PKCS_PSS, Hash.SHA1),
            new Row(Ckm.CKM_SHA224_RSA_PKCS_PSS, Hash.SHA224),
            new Row(Ckm.CKM_SHA256_RSA_PKCS_PSS, Hash.SHA256),
            new Row(Ckm.CKM_SHA384_RSA_PKCS_PSS, Hash.SHA384),
            new Row(Ckm.CKM_SHA512_RSA_PKCS_PSS, Hash.SHA512),
            new Row(Ckm.CKM_SHA3_224_RSA_PKCS_PSS, Hash.SHA3_224),
            new Row(Ckm.CKM_SHA3_256_RSA_PKCS_PSS, Hash.SHA3_256),
            new Row(Ckm.CKM_SHA3_384_RSA_PKCS_PSS, Hash.SHA3_384),
            new Row(Ckm.CKM_SHA3_512_RSA_PKCS_PSS, Hash.SHA3_512));

    private record Row(long type, Hash hash) {}

    private final Engines engines;

    RsaPssFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row(Ckm.CKM_RSA_PKCS_PSS)
                .signs((key, parameters) -> signer(key, PssEncoding.of(parameters, engines)))
                .verifies((key, parameters) -> verifier(key, PssEncoding.of(parameters, engines)))
                .build());
        for (Row hashed : ROWS) {
            rows.add(row(hashed.type)
                    .signs((key, parameters) -> new HashedSigner(
                            new EngineDigester(engines, hashed.hash), signer(key, encoding(hashed, parameters))))
                    .verifies((key, parameters) -> new HashedVerifier(
                            new EngineDigester(engines, hashed.hash), verifier(key, encoding(hashed, parameters))))
                    .build());
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_RSA)
                .keySizes(RsaKeyCodec.MIN_BITS, RsaKeyCodec.MAX_BITS)
                .parameters(PssParameters.class);
    }

    /** The hash is said twice and must be the same both times. */
    private PssEncoding encoding(Row hashed, MechanismParameters parameters) {
        PssEncoding encoding = PssEncoding.of(parameters, engines);
        if (encoding.hash() != hashed.hash) {
            throw Fault.MECHANISM_PARAM_INVALID.because("another hash than the mechanism's");
        }
        return encoding;
    }

    private Signer signer(HsmObject key, PssEncoding encoding) {
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int bits = prepared.modulus().bitLength() - 1;
        encoding.checkSalt(bits);
        return new WholeSigner(
                encoding.hash().length(),
                prepared.bytes(),
                digest -> prepared.permute(
                        onWidth(encoding.encode(digest, bits), prepared.bytes()), Fault.FUNCTION_FAILED));
    }

    private Verifier verifier(HsmObject key, PssEncoding encoding) {
        RsaKeys.Public prepared = RsaKeys.publicKey(key, engines);
        int bits = prepared.modulus().bitLength() - 1;
        encoding.checkSalt(bits);
        return new WholeVerifier(encoding.hash().length(), (digest, signature) -> {
            if (signature.length != prepared.bytes()) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            byte[] block = prepared.permute(signature, Fault.SIGNATURE_INVALID);
            if (!encoding.verify(digest, block, bits)) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }

    /** The encoding has one bit less than the modulus, which can be one byte less. */
    private static byte[] onWidth(byte[] encoded, int width) {
        if (encoded.length == width) {
            return encoded;
        }
        byte[] block = new byte[width];
        System.arraycopy(encoded, 0, block, width - encoded.length, encoded.length);
        return block;
    }
}
