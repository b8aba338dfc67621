// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Encapsulator;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** ML-KEM (PKCS#11 3.2 section 6.68, FIPS 203). */
final class MlKemFamily implements MechanismFamily {
    private static final int SEED_LENGTH = 64;
    private static final int SECRET_LENGTH = 32;
    private static final long MIN_KEY = 800;
    private static final long MAX_KEY = 1568;
    private static final byte[] KEMS = {0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 4};

    private static final PqcKeyCodec CODEC = new PqcKeyCodec(
            Ckk.CKK_ML_KEM,
            List.of(
                    set(Ckp.CKP_ML_KEM_512, 1, 800, 1632, () -> MLKEMParameters.ml_kem_512),
                    set(Ckp.CKP_ML_KEM_768, 2, 1184, 2400, () -> MLKEMParameters.ml_kem_768),
                    set(Ckp.CKP_ML_KEM_1024, 3, 1568, 3168, () -> MLKEMParameters.ml_kem_1024)));

    private final Engines engines;

    MlKemFamily(Engines engines) {
        this.engines = engines;
    }

    private static PqcParameterSet set(
            long number, int oid, int publicLength, int privateLength, Supplier<MLKEMParameters> parameters) {
        return new PqcParameterSet(
                number,
                KEMS,
                oid,
                publicLength,
                privateLength,
                SEED_LENGTH,
                seed -> new MLKEMPrivateKeyParameters(parameters.get(), seed).getEncoded(),
                expanded -> new MLKEMPrivateKeyParameters(parameters.get(), expanded).getPublicKey(),
                value -> new MLKEMPublicKeyParameters(parameters.get(), value));
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_ML_KEM_KEY_PAIR_GEN).makesKeyPairs(this::generate).build(),
                row(Ckm.CKM_ML_KEM).encapsulates(new Kem()).build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_ML_KEM).keySizes(MIN_KEY, MAX_KEY);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        return PqcKeyCodec.pairOf(CODEC.required(publicTemplate), SecretBytes.random(SEED_LENGTH, engines.random()));
    }

    private static MLKEMParameters parameters(HsmObject key) {
        return List.of(MLKEMParameters.ml_kem_512, MLKEMParameters.ml_kem_768, MLKEMParameters.ml_kem_1024)
                .get((int) (CODEC.of(key).number() - Ckp.CKP_ML_KEM_512));
    }

    private static MLKEMPublicKeyParameters publicKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_ML_KEM);
        return key.prepared(
                MLKEMPublicKeyParameters.class,
                k -> EngineCall.orFault(
                        Fault.PUBLIC_KEY_INVALID,
                        "no public key of that parameter set",
                        () -> new MLKEMPublicKeyParameters(
                                parameters(k), k.attributes().bytes(Cka.CKA_VALUE))));
    }

    private static MLKEMPrivateKeyParameters privateKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_ML_KEM);
        return key.prepared(
                MLKEMPrivateKeyParameters.class,
                k -> k.secret(Cka.CKA_VALUE).use(value -> new MLKEMPrivateKeyParameters(parameters(k), value)));
    }

    private final class Kem implements Encapsulator {
        @Override
        public int ciphertextLength(HsmObject publicKey, MechanismParameters parameters) {
            Checks.noParameters(parameters);
            return publicKey(publicKey).getParameters().getEncapsulationLength();
        }

        @Override
        public Encapsulation encapsulate(
                HsmObject publicKey, Template template, long keyType, MechanismParameters parameters) {
            Checks.noParameters(parameters);
            MLKEMPublicKeyParameters prepared = publicKey(publicKey);
            int length = length(template, keyType);
            SecretWithEncapsulation made = new MLKEMGenerator(engines.random()).generateEncapsulated(prepared);
            return new Encapsulation(made.getEncapsulation(), key(made.getSecret(), length));
        }

        @Override
        public NewKey decapsulate(
                HsmObject privateKey,
                byte[] ciphertext,
                Template template,
                long keyType,
                MechanismParameters parameters) {
            Checks.noParameters(parameters);
            MLKEMPrivateKeyParameters prepared = privateKey(privateKey);
            if (ciphertext.length != prepared.getParameters().getEncapsulationLength()) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a ciphertext of " + ciphertext.length + " bytes");
            }
            int length = length(template, keyType);
            return key(new MLKEMExtractor(prepared).extractSecret(ciphertext), length);
        }

        private int length(Template template, long keyType) {
            int length = DerivedKey.length(template, keyType, SECRET_LENGTH);
            if (length > SECRET_LENGTH) {
                throw Fault.TEMPLATE_INCONSISTENT.because("more bytes than the shared secret has");
            }
            return length;
        }

        private NewKey key(byte[] secret, int length) {
            byte[] value = Arrays.copyOf(secret, length);
            Arrays.fill(secret, (byte) 0);
            return SecretKeyCodec.newKey(SecretBytes.adopt(value));
        }
    }
}
