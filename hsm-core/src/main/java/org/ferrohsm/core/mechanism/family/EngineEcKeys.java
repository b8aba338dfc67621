// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.EngineForm;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** CKK_EC keys in the hands of an engine. */
final class EngineEcKeys {
    private static final String ECDSA = "NONEwithECDSA";

    private EngineEcKeys() {}

    /** Whether the engine makes keys on the curve: some read keys with which they can do nothing. */
    static boolean know(Curve curve, Engines engines) {
        return generator(curve, engines) != null;
    }

    /** What makes keys on the curve, or null if the engine does not know it. */
    static @Nullable KeyPairGenerator generator(Curve curve, Engines engines) {
        KeyPairGenerator generator = engines.keyPairGenerator("EC");
        try {
            generator.initialize(new ECGenParameterSpec(curve.jcaName()), engines.random());
            return generator;
        } catch (InvalidAlgorithmParameterException notItsCurve) {
            return null;
        }
    }

    static EcKeys.Private privateKey(Curve curve, SecretBytes value, Engines engines) {
        try (SecretBytes info = curve.privateKeyInfo(value)) {
            return info.use(bytes -> {
                byte[] encoded = bytes.clone();
                try {
                    return EngineCall.orFault(
                            Fault.FUNCTION_FAILED,
                            "the engine refuses the key",
                            () -> new Private(
                                    curve,
                                    engines.keyFactory("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
                                    engines));
                } finally {
                    Arrays.fill(encoded, (byte) 0);
                }
            });
        }
    }

    static EcKeys.Public publicKey(Curve curve, byte[] point, Engines engines) {
        return EngineCall.orFault(
                Fault.PUBLIC_KEY_INVALID,
                "the engine refuses the point",
                () -> new Public(curve, publicOf(curve, point, engines), engines));
    }

    private static PublicKey publicOf(Curve curve, byte[] point, Engines engines) throws InvalidKeySpecException {
        return engines.keyFactory("EC").generatePublic(new X509EncodedKeySpec(curve.subjectPublicKeyInfo(point)));
    }

    private record Private(Curve curve, PrivateKey key, Engines engines) implements EcKeys.Private, EngineForm {
        @Override
        public byte[] sign(byte[] digest) {
            return EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
                Signature signature = engines.signature(ECDSA);
                signature.initSign(key);
                signature.update(digest);
                return EcdsaSignature.toHalves(signature.sign(), curve.width());
            });
        }

        @Override
        public SecretBytes agree(byte[] point) {
            return EngineCall.orFault(Fault.PUBLIC_KEY_INVALID, "no agreement with that point", () -> {
                PublicKey theirs = publicOf(curve, point, engines);
                KeyAgreement agreement = engines.keyAgreement("ECDH");
                agreement.init(key);
                agreement.doPhase(theirs, true);
                return SecretBytes.adopt(agreement.generateSecret());
            });
        }
    }

    private record Public(Curve curve, PublicKey key, Engines engines) implements EcKeys.Public {
        @Override
        public boolean verify(byte[] digest, byte[] halves) {
            return EngineCall.orFault(
                    Fault.SIGNATURE_INVALID,
                    "the engine refuses the signature",
                    () -> verifyDer(digest, EcdsaSignature.toDer(halves)));
        }

        private boolean verifyDer(byte[] digest, byte[] der) throws GeneralSecurityException {
            Signature engine = engines.signature(ECDSA);
            engine.initVerify(key);
            engine.update(digest);
            return engine.verify(der);
        }
    }
}
