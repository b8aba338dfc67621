// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys for X25519 and X448 (PKCS#11 3.2 section 6.3, RFC 7748); {@link EcdhFamily} agrees with them. */
final class MontgomeryFamily implements MechanismFamily {
    private final Engines engines;

    MontgomeryFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(Mechanism.row(Ckm.CKM_EC_MONTGOMERY_KEY_PAIR_GEN, Ckk.CKK_EC_MONTGOMERY)
                .keySizes(MontgomeryCurve.X25519_CURVE.bits(), MontgomeryCurve.X448_CURVE.bits())
                .flags(Ckf.CKF_EC_F_P | Ckf.CKF_EC_OID | Ckf.CKF_EC_CURVENAME)
                .makesKeyPairs(this::generate)
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new MontgomeryKeyCodec());
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        byte[] ecParams = Checks.bytes(publicTemplate, Cka.CKA_EC_PARAMS);
        MontgomeryCurve curve = MontgomeryCurve.of(ecParams);
        SecretBytes scalar = SecretBytes.random(curve.width(), engines.random());
        byte[] point = curve.publicKey(scalar);
        return new NewKeyPair(
                OctetKeyCodec.publicKey(curve, ecParams, point),
                OctetKeyCodec.privateKey(curve, ecParams, point, scalar));
    }
}
