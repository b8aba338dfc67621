// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.DHKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
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
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Diffie-Hellman in a subgroup of prime order (PKCS#11 3.2 section 6.4, ANSI X9.42). */
final class X942Family implements MechanismFamily {
    private static final X942KeyCodec CODEC = new X942KeyCodec();

    private final Engines engines;
    private final DhAgreement agreement;

    X942Family(Engines engines) {
        this.engines = engines;
        this.agreement = new DhAgreement(engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_X9_42_DH_KEY_PAIR_GEN).makesKeyPairs(this::generate).build(),
                row(Ckm.CKM_X9_42_DH_DERIVE)
                        .parameters(EcdhParameters.class)
                        .derives(this::derive)
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_X9_42_DH).keySizes(DhGroup.MIN_BITS, DhGroup.MAX_BITS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        X942Group group = CODEC.group(publicTemplate);
        DHKeyPairGenerator generator = new DHKeyPairGenerator();
        generator.init(new DHKeyGenerationParameters(
                engines.random(), new DHParameters(group.prime(), group.base(), group.subprime())));
        AsymmetricCipherKeyPair pair =
                EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", generator::generateKeyPair);
        return new NewKeyPair(
                CODEC.publicKey(group, ((DHPublicKeyParameters) pair.getPublic()).getY()),
                CODEC.privateKey(group, ((DHPrivateKeyParameters) pair.getPrivate()).getX()));
    }

    /** By no function, or by the concatenation of X9.42, which is the function of X9.63 with SHA-1. */
    private NewKey derive(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
        EcdhParameters given = Checks.parameters(EcdhParameters.class, parameters);
        Checks.key(base, Cko.CKO_PRIVATE_KEY, Ckk.CKK_X9_42_DH);
        if (given.kdf() != Ckd.CKD_NULL && given.kdf() != Ckd.CKD_SHA1_KDF_CONCATENATE) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no " + Ckd.name(given.kdf()));
        }
        long kdf = given.kdf() == Ckd.CKD_NULL ? Ckd.CKD_NULL : Ckd.CKD_SHA1_KDF;
        KeyDerivation derivation = KeyDerivation.of(kdf, given.sharedData(), engines);
        X942Group group = CODEC.group(base.attributes());
        int length = DerivedKey.length(template, keyType, DhAgreement.width(group));
        try (SecretBytes agreed = agreement.secret(base, group, BigIntegers.of(given.publicData()))) {
            return DerivedKey.of(keyType, derivation.derive(agreed, length));
        }
    }
}
