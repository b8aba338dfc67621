// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import javax.crypto.interfaces.DHPrivateKey;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
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
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Diffie-Hellman modulo safe primes (PKCS #3) and in subgroups of prime order (ANSI X9.42; PKCS#11 3.2 section 6.4). */
final class DhFamily implements MechanismFamily {
    private static final String DH = "DH";
    private static final DhKeyCodec CODEC = new DhKeyCodec();
    private static final X942KeyCodec X942_CODEC = new X942KeyCodec();

    private final Engines engines;
    private final DhAgreement agreement;

    DhFamily(Engines engines) {
        this.engines = engines;
        this.agreement = new DhAgreement(engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_DH_PKCS_KEY_PAIR_GEN, Ckk.CKK_DH)
                        .makesKeyPairs(this::generate)
                        .build(),
                row(Ckm.CKM_DH_PKCS_DERIVE, Ckk.CKK_DH)
                        .parameters(RawParameters.class)
                        .derives((base, template, keyType, parameters) -> derive(
                                base,
                                CODEC,
                                Checks.parameters(RawParameters.class, parameters)
                                        .bytes(),
                                KeyDerivation.of(Ckd.CKD_NULL, new byte[0], engines),
                                template,
                                keyType))
                        .build(),
                row(Ckm.CKM_X9_42_DH_KEY_PAIR_GEN, Ckk.CKK_X9_42_DH)
                        .makesKeyPairs(this::generateInSubgroup)
                        .build(),
                row(Ckm.CKM_X9_42_DH_DERIVE, Ckk.CKK_X9_42_DH)
                        .parameters(EcdhParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            EcdhParameters given = Checks.parameters(EcdhParameters.class, parameters);
                            return derive(base, X942_CODEC, given.publicData(), x942(given), template, keyType);
                        })
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(CODEC, X942_CODEC);
    }

    private static Mechanism.Builder row(long type, long keyType) {
        return Mechanism.row(type, keyType).keySizes(DhGroup.MIN_BITS, DhGroup.MAX_BITS);
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

    private NewKeyPair generateInSubgroup(
            Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        X942Group group = X942_CODEC.group(publicTemplate);
        DHKeyPairGenerator generator = new DHKeyPairGenerator();
        generator.init(new DHKeyGenerationParameters(
                engines.random(), new DHParameters(group.prime(), group.base(), group.subprime())));
        AsymmetricCipherKeyPair pair =
                EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", generator::generateKeyPair);
        return new NewKeyPair(
                X942_CODEC.publicKey(group, ((DHPublicKeyParameters) pair.getPublic()).getY()),
                X942_CODEC.privateKey(group, ((DHPrivateKeyParameters) pair.getPrivate()).getX()));
    }

    /** No function, or the concatenation of X9.42, which is the function of X9.63 with SHA-1. */
    private KeyDerivation x942(EcdhParameters given) {
        if (given.kdf() != Ckd.CKD_NULL && given.kdf() != Ckd.CKD_SHA1_KDF_CONCATENATE) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no " + Ckd.name(given.kdf()));
        }
        long kdf = given.kdf() == Ckd.CKD_NULL ? Ckd.CKD_NULL : Ckd.CKD_SHA1_KDF;
        return KeyDerivation.of(kdf, given.sharedData(), engines);
    }

    /** From the agreed secret, which is as wide as the prime; without a function its last bytes. */
    private NewKey derive(
            HsmObject base,
            FiniteFieldKeyCodec<?> codec,
            byte[] theirs,
            KeyDerivation derivation,
            Template template,
            long keyType) {
        if (base.objectClass() != Cko.CKO_PRIVATE_KEY || !codec.keyTypes().contains(base.keyType())) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("no private key of this group");
        }
        FiniteFieldGroup group = codec.group(base.attributes());
        int length = DerivedKey.length(template, keyType, DhAgreement.width(group));
        try (SecretBytes agreed = agreement.secret(base, group, BigIntegers.of(theirs))) {
            return DerivedKey.of(keyType, derivation.derive(agreed, length));
        }
    }
}
