// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Ed25519 and Ed448, pure, with context and prehashed (PKCS#11 3.2 section 6.3, RFC 8032). */
final class EdwardsFamily implements MechanismFamily {
    private static final int MAX_CONTEXT = 255;
    private static final long FLAGS = Ckf.CKF_EC_F_P | Ckf.CKF_EC_OID | Ckf.CKF_EC_CURVENAME;

    private final Engines engines;

    EdwardsFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN)
                        .makesKeyPairs(this::generate)
                        .build(),
                row(Ckm.CKM_EDDSA)
                        .optionalParameters(EddsaParameters.class)
                        .signs(this::signer)
                        .verifies(this::verifier)
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new EdwardsKeyCodec());
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_EC_EDWARDS)
                .keySizes(EdwardsCurve.ED25519.bits(), EdwardsCurve.ED448.bits())
                .flags(FLAGS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        byte[] ecParams = Checks.bytes(publicTemplate, Cka.CKA_EC_PARAMS);
        EdwardsCurve curve = EdwardsCurve.of(ecParams);
        KeyPair pair = EngineCall.orFault(
                Fault.FUNCTION_FAILED,
                "no key pair",
                () -> engines.keyPairGenerator(curve.jcaName()).generateKeyPair());
        byte[] info = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(info, info.length - curve.width(), info.length);
        try (SecretBytes encoded = SecretBytes.adopt(pair.getPrivate().getEncoded())) {
            SecretBytes seed = Pkcs8.read(
                    encoded,
                    (algorithm, key) -> SecretBytes.adopt(Der.content(Der.OCTET_STRING, key, Fault.FUNCTION_FAILED)));
            return new NewKeyPair(
                    OctetKeyCodec.publicKey(curve, ecParams, point),
                    OctetKeyCodec.privateKey(curve, ecParams, point, seed));
        }
    }

    private Signer signer(HsmObject key, MechanismParameters parameters) {
        EdwardsKeys.Private prepared = EdwardsKeys.privateKey(key, engines);
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
            if (isPure(parameters)) {
                return new Running(prepared.curve(), prepared.signatures().take(), prepared.signatures());
            }
            Signature signature = variant(parameters);
            signature.initSign(prepared.key());
            return new Running(prepared.curve(), signature, new Spare<>(() -> signature));
        });
    }

    private Verifier verifier(HsmObject key, MechanismParameters parameters) {
        EdwardsKeys.Public prepared = EdwardsKeys.publicKey(key, engines);
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "no verification", () -> {
            Signature signature =
                    isPure(parameters) ? engines.signature(prepared.curve().jcaName()) : variant(parameters);
            signature.initVerify(prepared.key());
            return new Checking(prepared.curve(), signature);
        });
    }

    /**
     * No parameter is Ed25519 or Ed448 without context; any parameter is Ed25519ctx, Ed25519ph, Ed448 or Ed448ph (section
     * 6.3.15, "EdDSA").
     */
    private static boolean isPure(MechanismParameters parameters) {
        return parameters instanceof NoParameters;
    }

    /** A signature with context or prehash, which few engines have. */
    private Signature variant(MechanismParameters given) {
        EddsaParameters parameters = Checks.parameters(EddsaParameters.class, given);
        if (parameters.context().length > MAX_CONTEXT) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a context of " + parameters.context().length + " bytes");
        }
        return EngineCall.orFault(Fault.MECHANISM_PARAM_INVALID, "no engine has this variant of EdDSA", () -> {
            Signature signature = engines.signature("EdDSA");
            signature.setParameter(new EdDSAParameterSpec(parameters.prehash(), parameters.context()));
            return signature;
        });
    }

    private static void update(Signature signature, byte[] data, int offset, int length) {
        EngineCall.orFault(Fault.FUNCTION_FAILED, "the data are refused", () -> {
            signature.update(data, offset, length);
            return signature;
        });
    }

    /** A running signature; the engine keeps the message, which EdDSA reads twice. */
    private record Running(EdwardsCurve curve, Signature signature, Spare<Signature> spare) implements Signer {
        @Override
        public void update(byte[] data, int offset, int length) {
            EdwardsFamily.update(signature, data, offset, length);
        }

        @Override
        public byte[] sign() {
            byte[] made = EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", signature::sign);
            spare.giveBack(signature);
            return made;
        }

        @Override
        public int signatureLength() {
            return curve.signatureLength();
        }
    }

    /** A running verification. */
    private record Checking(EdwardsCurve curve, Signature engine) implements Verifier {
        @Override
        public void update(byte[] data, int offset, int length) {
            EdwardsFamily.update(engine, data, offset, length);
        }

        @Override
        public void verify(byte[] signature) {
            if (signature.length != curve.signatureLength()) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            boolean good = EngineCall.orFault(
                    Fault.SIGNATURE_INVALID, "the engine refuses the signature", () -> engine.verify(signature));
            if (!good) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        }
    }
}
