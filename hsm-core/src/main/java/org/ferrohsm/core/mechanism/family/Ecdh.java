// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Diffie-Hellman on whichever kind of curve a key is (NIST SP 800-56A revision 3, RFC 7748). */
final class Ecdh {
    private Ecdh() {}

    /**
     * What a private key of CKK_EC or CKK_EC_MONTGOMERY agrees with another party's point, in any form of that.
     *
     * @throws org.ferrohsm.core.fault.HsmException KEY_TYPE_INCONSISTENT, PUBLIC_KEY_INVALID, and {@code malformed} for
     *     what is no point at all
     */
    static SecretBytes agree(HsmObject key, byte[] theirPoint, Fault malformed, Engines engines) {
        if (key.keyType() == Ckk.CKK_EC_MONTGOMERY) {
            Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_EC_MONTGOMERY);
            MontgomeryCurve curve = MontgomeryCurve.of(key.attributes().bytes(Cka.CKA_EC_PARAMS));
            return curve.agree(key.secret(Cka.CKA_VALUE), curve.point(theirPoint, malformed));
        }
        EcKeys.Private mine = EcKeys.privateKey(key, engines);
        return mine.agree(mine.curve().point(theirPoint, malformed));
    }

    /**
     * A temporary key's public point, in its bare form, and what it agreed on.
     *
     * @param secret the receiver's
     */
    record Temporary(byte[] point, SecretBytes secret) {}

    /** A temporary key agrees with a public key of CKK_EC or CKK_EC_MONTGOMERY, or KEY_TYPE_INCONSISTENT. */
    static Temporary agreeOnce(HsmObject key, Engines engines) {
        byte[] ecParams = key.attributes().bytes(Cka.CKA_EC_PARAMS);
        byte[] ecPoint = key.attributes().bytes(Cka.CKA_EC_POINT);
        if (key.keyType() == Ckk.CKK_EC_MONTGOMERY) {
            Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC_MONTGOMERY);
            MontgomeryCurve curve = MontgomeryCurve.of(ecParams);
            try (SecretBytes mine = SecretBytes.random(curve.width(), engines.random())) {
                byte[] theirs = curve.point(ecPoint, Fault.PUBLIC_KEY_INVALID);
                return new Temporary(curve.publicKey(mine), curve.agree(mine, theirs));
            }
        }
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC);
        Curve curve = Curves.of(ecParams);
        BigInteger scalar = curve.randomScalar(engines.random());
        try (SecretBytes mine = SecretBytes.adopt(BigIntegers.bytes(scalar, curve.width()))) {
            byte[] theirs = curve.point(ecPoint, Fault.PUBLIC_KEY_INVALID);
            return new Temporary(
                    EcKeyCodec.pointOf(curve, scalar),
                    EcKeys.privateKey(curve, mine, engines).agree(theirs));
        }
    }

    /** The length of a private key's bare point, or KEY_TYPE_INCONSISTENT. */
    static int pointLength(HsmObject key) {
        boolean montgomery = key.keyType() == Ckk.CKK_EC_MONTGOMERY;
        Checks.key(key, Cko.CKO_PRIVATE_KEY, montgomery ? Ckk.CKK_EC_MONTGOMERY : Ckk.CKK_EC);
        byte[] ecParams = key.attributes().bytes(Cka.CKA_EC_PARAMS);
        return montgomery
                ? MontgomeryCurve.of(ecParams).width()
                : 1 + 2 * Curves.of(ecParams).width();
    }
}
