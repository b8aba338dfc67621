// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import javax.crypto.interfaces.DHPrivateKey;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Diffie-Hellman modulo safe primes (PKCS#11 3.2 section 6.4, PKCS #3). */
final class DhFamily implements MechanismFamily {
    private static final String DH = "DH";
    private static final DhKeyCodec CODEC = new DhKeyCodec();

    private final Engines engines;
    private final DhAgreement agreement;

    DhFamily(Engines engines) {
        this.engines = engines;
        this.agreement = new DhAgreement(engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_DH_PKCS_KEY_PAIR_GEN).makesKeyPairs(this::generate).build(),
                row(Ckm.CKM_DH_PKCS_DERIVE)
                        .parameters(RawParameters.class)
                        .derives(this::derive)
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_DH).keySizes(DhGroup.MIN_BITS, DhGroup.MAX_BITS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        DhGroup group = CODEC.group(publicTemplate);
        KeyPair pair = EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", () -> {
            KeyPairGenerator generator = engines.keyPairGenerator(DH);
            generator.initialize(new DHParameterSpec(group.prime(), group.base()), engines.random());
            return generator.generateKeyPair();
        });
        return new NewKeyPair(
                CODEC.publicKey(group, ((DHPublicKey) pair.getPublic()).getY()),
                CODEC.privateKey(group, ((DHPrivateKey) pair.getPrivate()).getX()));
    }

    /** The last bytes of the agreed secret, which is as wide as the prime. */
    private NewKey derive(HsmObject base, Template template, long keyType, MechanismParameters given) {
        byte[] parameter = Checks.parameters(RawParameters.class, given).bytes();
        Checks.key(base, Cko.CKO_PRIVATE_KEY, Ckk.CKK_DH);
        DhGroup group = CODEC.group(base.attributes());
        int length = DerivedKey.length(template, keyType, DhAgreement.width(group));
        try (SecretBytes agreed = agreement.secret(base, group, BigIntegers.of(parameter))) {
            return SecretKeyCodec.newKey(
                    KeyDerivation.of(Ckd.CKD_NULL, new byte[0], engines).derive(agreed, length));
        }
    }
}
