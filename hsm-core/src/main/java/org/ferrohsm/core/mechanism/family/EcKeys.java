// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The engine's forms of CKK_EC keys. */
final class EcKeys {
    /** A private key and its curve. */
    record Private(Curve curve, PrivateKey key) {}

    /** A public key and its curve. */
    record Public(Curve curve, PublicKey key) {}

    private EcKeys() {}

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Private privateKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_EC);
        return key.prepared(Private.class, k -> {
            Curve curve = Curve.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            try (SecretBytes info = curve.privateKeyInfo(k.secret(Cka.CKA_VALUE))) {
                return new Private(curve, privateKey(info, engines));
            }
        });
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Public publicKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC);
        return key.prepared(Public.class, k -> {
            Curve curve = Curve.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            byte[] point = curve.point(k.attributes().bytes(Cka.CKA_EC_POINT), Fault.PUBLIC_KEY_INVALID);
            return new Public(curve, publicKey(curve, point, engines));
        });
    }

    /** The engine's form of a raw point that is known to be on the curve. */
    static PublicKey publicKey(Curve curve, byte[] point, Engines engines) {
        return EngineCall.orFault(
                Fault.PUBLIC_KEY_INVALID,
                "the engine refuses the point",
                () -> engines.keyFactory("EC")
                        .generatePublic(new X509EncodedKeySpec(curve.subjectPublicKeyInfo(point))));
    }

    private static PrivateKey privateKey(SecretBytes info, Engines engines) {
        return info.use(bytes -> {
            byte[] encoded = bytes.clone();
            try {
                return EngineCall.orFault(
                        Fault.FUNCTION_FAILED,
                        "the engine refuses the key",
                        () -> engines.keyFactory("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        });
    }
}
