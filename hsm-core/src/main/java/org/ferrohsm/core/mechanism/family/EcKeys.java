// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** CKK_EC keys ready for use. */
final class EcKeys {
    /** A private key and its curve. */
    interface Private {
        Curve curve();

        /** r and s of a digest that has no more bytes than the order, each in the width of the curve. */
        byte[] sign(byte[] digest);

        /** The x coordinate agreed with a point that is known to be on the curve; PUBLIC_KEY_INVALID for infinity. */
        SecretBytes agree(byte[] point);
    }

    /** A public key and its curve. */
    interface Public {
        Curve curve();

        /** Whether two equal halves r and s are a signature of a digest that has no more bytes than the order. */
        boolean verify(byte[] digest, byte[] halves);
    }

    private EcKeys() {}

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Private privateKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_EC);
        return key.prepared(Private.class, k -> {
            Curve curve = Curves.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            return privateKey(curve, k.secret(Cka.CKA_VALUE), engines);
        });
    }

    /** A private key of this value, with an engine that has the curve or else with Bouncy Castle's arithmetic. */
    static Private privateKey(Curve curve, SecretBytes value, Engines engines) {
        return EngineEcKeys.know(curve, engines)
                ? EngineEcKeys.privateKey(curve, value, engines)
                : PlainEcKeys.privateKey(curve, value, engines);
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Public publicKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC);
        return key.prepared(Public.class, k -> {
            Curve curve = Curves.of(k.attributes().bytes(Cka.CKA_EC_PARAMS));
            byte[] point = curve.point(k.attributes().bytes(Cka.CKA_EC_POINT), Fault.PUBLIC_KEY_INVALID);
            return EngineEcKeys.know(curve, engines)
                    ? EngineEcKeys.publicKey(curve, point, engines)
                    : PlainEcKeys.publicKey(curve, point);
        });
    }
}
