// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.object.HsmObject;

/** Keys of CKK_ML_DSA: the parameter sets of FIPS 204 section 4 and the engine's forms. */
final class MlDsaKeys {
    static final int SEED_LENGTH = 32;

    /** Where the hash of the public key stands in an expanded private key (FIPS 204 section 7.2), and its length. */
    private static final int HASH_AT = 64;

    private static final int HASH_LENGTH = 64;

    private static final byte[] SIGNATURE_ALGORITHMS = {0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 3};

    static final PqcKeyCodec CODEC = new PqcKeyCodec(
            Ckk.CKK_ML_DSA,
            List.of(
                    set(Ckp.CKP_ML_DSA_44, 17, 1312, 2560, () -> MLDSAParameters.ml_dsa_44),
                    set(Ckp.CKP_ML_DSA_65, 18, 1952, 4032, () -> MLDSAParameters.ml_dsa_65),
                    set(Ckp.CKP_ML_DSA_87, 19, 2592, 4896, () -> MLDSAParameters.ml_dsa_87)));

    /** A private key and the hash of its public key. */
    record Private(MLDSAPrivateKeyParameters key, byte[] publicKeyHash, int signatureLength) {}

    /** A public key and its hash. */
    record Public(MLDSAPublicKeyParameters key, byte[] publicKeyHash, int signatureLength) {}

    private MlDsaKeys() {}

    private static PqcParameterSet set(
            long number, int oid, int publicLength, int privateLength, Supplier<MLDSAParameters> parameters) {
        return new PqcParameterSet(
                number,
                SIGNATURE_ALGORITHMS,
                oid,
                publicLength,
                privateLength,
                SEED_LENGTH,
                seed -> new MLDSAPrivateKeyParameters(parameters.get(), seed).getEncoded(),
                expanded -> publicOf(parameters.get(), expanded),
                value -> new MLDSAPublicKeyParameters(parameters.get(), value));
    }

    private static byte[] publicOf(MLDSAParameters parameters, byte[] expanded) {
        byte[] value = new MLDSAPrivateKeyParameters(parameters, expanded).getPublicKey();
        if (!Arrays.equals(hashOf(value), hashIn(expanded))) {
            throw new IllegalArgumentException("the private key holds the hash of another public key");
        }
        return value;
    }

    private static byte[] hashIn(byte[] expanded) {
        return Arrays.copyOfRange(expanded, HASH_AT, HASH_AT + HASH_LENGTH);
    }

    private static byte[] hashOf(byte[] publicValue) {
        Digester digester = new ShakeDigester(256, HASH_LENGTH);
        digester.update(publicValue, 0, publicValue.length);
        return digester.digest();
    }

    private static MLDSAParameters parameters(HsmObject key) {
        return List.of(MLDSAParameters.ml_dsa_44, MLDSAParameters.ml_dsa_65, MLDSAParameters.ml_dsa_87)
                .get((int) (CODEC.of(key).number() - Ckp.CKP_ML_DSA_44));
    }

    private static int signatureLength(HsmObject key) {
        return List.of(2420, 3309, 4627).get((int) (CODEC.of(key).number() - Ckp.CKP_ML_DSA_44));
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Private privateKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_ML_DSA);
        return key.prepared(
                Private.class,
                k -> k.secret(Cka.CKA_VALUE)
                        .use(expanded -> new Private(
                                new MLDSAPrivateKeyParameters(parameters(k), expanded),
                                hashIn(expanded),
                                signatureLength(k))));
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Public publicKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_ML_DSA);
        return key.prepared(Public.class, k -> {
            byte[] value = k.attributes().bytes(Cka.CKA_VALUE);
            return EngineCall.orFault(
                    Fault.PUBLIC_KEY_INVALID,
                    "no public key of that parameter set",
                    () -> new Public(
                            new MLDSAPublicKeyParameters(parameters(k), value), hashOf(value), signatureLength(k)));
        });
    }
}
