// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.attribute.Template;
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
    private final Engines engines;

    EcdhFamily(Engines engines) {
        this.engines = engines;
    }

    /** The cofactor of these curves is one, so that both primitives are the same. */
    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_ECDH1_DERIVE).alsoTakes(Ckk.CKK_EC_MONTGOMERY).build(),
                row(Ckm.CKM_ECDH1_COFACTOR_DERIVE).build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_EC)
                .keySizes(Curves.MIN_BITS, Curves.MAX_BITS)
                .flags(EcFamily.FLAGS)
                .parameters(EcdhParameters.class)
                .derives(this::derive);
    }

    private NewKey derive(HsmObject base, Template template, long keyType, MechanismParameters given) {
        EcdhParameters parameters = Checks.parameters(EcdhParameters.class, given);
        KeyDerivation derivation = KeyDerivation.of(parameters.kdf(), parameters.sharedData(), engines);
        try (SecretBytes shared = Ecdh.agree(base, parameters.publicData(), Fault.MECHANISM_PARAM_INVALID, engines)) {
            return SecretKeyCodec.newKey(
                    derivation.derive(shared, DerivedKey.length(template, keyType, shared.length())));
        }
    }
}
