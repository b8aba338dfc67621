// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.EngineForm;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The engine's form of CKK_EC_EDWARDS keys. */
final class EdwardsKeys {
    private EdwardsKeys() {}

    /** A private key; the signatures are initialised with it, because that costs as much as signing. */
    record Private(EdwardsCurve curve, PrivateKey key, Spare<Signature> signatures) implements EngineForm {}

    /** A public key. */
    record Public(EdwardsCurve curve, PublicKey key) {}

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Private privateKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_EC_EDWARDS);
        return key.prepared(Private.class, k -> {
            EdwardsCurve curve = EdwardsCurve.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            PrivateKey made;
            try (SecretBytes info = curve.privateKeyInfo(k.secret(Cka.CKA_VALUE))) {
                made = info.use(bytes -> EngineCall.orFault(
                        Fault.FUNCTION_FAILED,
                        "the engine refuses the key",
                        () -> engines.keyFactory(curve.jcaName()).generatePrivate(new PKCS8EncodedKeySpec(bytes))));
            }
            return new Private(
                    curve,
                    made,
                    new Spare<>(() -> EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
                        Signature signature = engines.signature(curve.jcaName());
                        signature.initSign(made);
                        return signature;
                    })));
        });
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Public publicKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC_EDWARDS);
        return key.prepared(Public.class, k -> {
            EdwardsCurve curve = EdwardsCurve.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            byte[] point = curve.point(k.attributes().bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID);
            return new Public(
                    curve,
                    EngineCall.orFault(
                            Fault.PUBLIC_KEY_INVALID,
                            "the engine refuses the point",
                            () -> engines.keyFactory(curve.jcaName())
                                    .generatePublic(new X509EncodedKeySpec(curve.subjectPublicKeyInfo(point)))));
        });
    }
}
