// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
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
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** Keys on curves over prime fields, and ECDSA with them (PKCS#11 3.2 section 6.3). */
final class EcFamily implements MechanismFamily {
    /** The digest that is signed has at most 1024 bits (section 6.3.13, "ECDSA without hashing"). */
    private static final int MAX_DIGEST = 128;

    static final long FLAGS =
            Ckf.CKF_EC_F_P | Ckf.CKF_EC_OID | Ckf.CKF_EC_CURVENAME | Ckf.CKF_EC_UNCOMPRESS | Ckf.CKF_EC_COMPRESS;

    private static final List<Row> ROWS = List.of(
            new Row(Ckm.CKM_ECDSA_SHA1, Hash.SHA1),
            new Row(Ckm.CKM_ECDSA_SHA224, Hash.SHA224),
            new Row(Ckm.CKM_ECDSA_SHA256, Hash.SHA256),
            new Row(Ckm.CKM_ECDSA_SHA384, Hash.SHA384),
            new Row(Ckm.CKM_ECDSA_SHA512, Hash.SHA512),
            new Row(Ckm.CKM_ECDSA_SHA3_224, Hash.SHA3_224),
            new Row(Ckm.CKM_ECDSA_SHA3_256, Hash.SHA3_256),
            new Row(Ckm.CKM_ECDSA_SHA3_384, Hash.SHA3_384),
            new Row(Ckm.CKM_ECDSA_SHA3_512, Hash.SHA3_512));

    private record Row(long type, Hash hash) {}

    private final Engines engines;

    EcFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row(Ckm.CKM_EC_KEY_PAIR_GEN).makesKeyPairs(this::generate).build());
        rows.add(row(Ckm.CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS)
                .makesKeyPairs(this::generateFromExtraBits)
                .build());
        rows.add(row(Ckm.CKM_ECDSA).signs(this::signer).verifies(this::verifier).build());
        for (Row hashed : ROWS) {
            rows.add(row(hashed.type)
                    .signs((key, parameters) ->
                            new HashedSigner(new EngineDigester(engines, hashed.hash), signer(key, parameters)))
                    .verifies((key, parameters) ->
                            new HashedVerifier(new EngineDigester(engines, hashed.hash), verifier(key, parameters)))
                    .build());
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new EcKeyCodec());
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_EC)
                .keySizes(Curves.MIN_BITS, Curves.MAX_BITS)
                .flags(FLAGS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        byte[] ecParams = Checks.bytes(publicTemplate, Cka.CKA_EC_PARAMS);
        Curve curve = Curves.of(ecParams);
        KeyPairGenerator generator = EngineEcKeys.generator(curve, engines);
        if (generator == null) {
            return pair(curve, ecParams, curve.randomScalar(engines.random()));
        }
        KeyPair pair = EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", generator::generateKeyPair);
        byte[] info = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(info, info.length - 1 - 2 * curve.width(), info.length);
        return pair(curve, ecParams, point, ((ECPrivateKey) pair.getPrivate()).getS());
    }

    private NewKeyPair generateFromExtraBits(
            Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        byte[] ecParams = Checks.bytes(publicTemplate, Cka.CKA_EC_PARAMS);
        Curve curve = Curves.of(ecParams);
        return pair(curve, ecParams, curve.randomScalar(engines.random()));
    }

    private static NewKeyPair pair(Curve curve, byte[] ecParams, BigInteger scalar) {
        return pair(curve, ecParams, EcKeyCodec.pointOf(curve, scalar), scalar);
    }

    private static NewKeyPair pair(Curve curve, byte[] ecParams, byte[] point, BigInteger scalar) {
        return new NewKeyPair(
                new NewKey(EcKeyCodec.publicParts(curve, ecParams, point), SecretAttributes.none()),
                EcKeyCodec.privateKey(curve, ecParams, point, scalar));
    }

    private Signer signer(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        EcKeys.Private prepared = EcKeys.privateKey(key, engines);
        int width = prepared.curve().width();
        return new WholeSigner(MAX_DIGEST, 2 * width, digest -> prepared.sign(leftmost(digest, width)));
    }

    private Verifier verifier(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        EcKeys.Public prepared = EcKeys.publicKey(key, engines);
        int width = prepared.curve().width();
        return new WholeVerifier(MAX_DIGEST, (digest, signature) -> {
            if (signature.length == 0 || signature.length % 2 != 0 || signature.length > 2 * width) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            if (!prepared.verify(leftmost(digest, width), signature)) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }

    /** The bytes of a digest that hold its leftmost bits; the engine cuts the last of them to the order's length. */
    private static byte[] leftmost(byte[] digest, int width) {
        if (digest.length == 0) {
            throw Fault.DATA_LEN_RANGE.because("an empty digest");
        }
        return digest.length <= width ? digest : Arrays.copyOf(digest, width);
    }
}
