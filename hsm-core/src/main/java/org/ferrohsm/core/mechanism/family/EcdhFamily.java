// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.PublicKey;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Elliptic curve Diffie-Hellman (PKCS#11 3.2 section 6.3, NIST SP 800-56A revision 3). */
final class EcdhFamily implements MechanismFamily {
    private static final long FLAGS = Ckf.CKF_EC_F_P | Ckf.CKF_EC_OID | Ckf.CKF_EC_CURVENAME | Ckf.CKF_EC_UNCOMPRESS;

    private final Engines engines;

    EcdhFamily(Engines engines) {
        this.engines = engines;
    }

    /** The cofactor of these curves is one, so that both primitives are the same. */
    @Override
    public List<Mechanism> mechanisms() {
        return List.of(row(Ckm.CKM_ECDH1_DERIVE), row(Ckm.CKM_ECDH1_COFACTOR_DERIVE));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism row(long type) {
        return Mechanism.row(type, Ckk.CKK_EC)
                .keySizes(Curve.P256.bits(), Curve.P521.bits())
                .flags(FLAGS)
                .parameters(EcdhParameters.class)
                .derives(this::derive)
                .build();
    }

    private NewKey derive(HsmObject base, Template template, long keyType, MechanismParameters given) {
        EcdhParameters parameters = Checks.parameters(EcdhParameters.class, given);
        KeyDerivation derivation = KeyDerivation.of(parameters, engines);
        EcKeys.Private mine = EcKeys.privateKey(base, engines);
        byte[] point = mine.curve().point(parameters.publicData(), Fault.MECHANISM_PARAM_INVALID);
        PublicKey theirs = EcKeys.publicKey(mine.curve(), point, engines);
        byte[] secret = EngineCall.orFault(Fault.PUBLIC_KEY_INVALID, "no agreement with that point", () -> {
            KeyAgreement agreement = engines.keyAgreement("ECDH");
            agreement.init(mine.key());
            agreement.doPhase(theirs, true);
            return agreement.generateSecret();
        });
        try (SecretBytes shared = SecretBytes.adopt(secret)) {
            return SecretKeyCodec.newKey(
                    derivation.derive(shared, DerivedKey.length(template, keyType, shared.length())));
        }
    }
}
