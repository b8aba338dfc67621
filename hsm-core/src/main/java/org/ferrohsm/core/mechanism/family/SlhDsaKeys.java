// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/** Keys of CKK_SLH_DSA: the parameter sets of FIPS 205 section 11 and the engine's forms. */
final class SlhDsaKeys {
    private static final byte[] SIGNATURE_ALGORITHMS = {0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 3};

    private static final List<Row> ROWS = List.of(
            new Row(Ckp.CKP_SLH_DSA_SHA2_128S, 20, 16, 7856, () -> SLHDSAParameters.sha2_128s),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_128S, 26, 16, 7856, () -> SLHDSAParameters.shake_128s),
            new Row(Ckp.CKP_SLH_DSA_SHA2_128F, 21, 16, 17088, () -> SLHDSAParameters.sha2_128f),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_128F, 27, 16, 17088, () -> SLHDSAParameters.shake_128f),
            new Row(Ckp.CKP_SLH_DSA_SHA2_192S, 22, 24, 16224, () -> SLHDSAParameters.sha2_192s),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_192S, 28, 24, 16224, () -> SLHDSAParameters.shake_192s),
            new Row(Ckp.CKP_SLH_DSA_SHA2_192F, 23, 24, 35664, () -> SLHDSAParameters.sha2_192f),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_192F, 29, 24, 35664, () -> SLHDSAParameters.shake_192f),
            new Row(Ckp.CKP_SLH_DSA_SHA2_256S, 24, 32, 29792, () -> SLHDSAParameters.sha2_256s),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_256S, 30, 32, 29792, () -> SLHDSAParameters.shake_256s),
            new Row(Ckp.CKP_SLH_DSA_SHA2_256F, 25, 32, 49856, () -> SLHDSAParameters.sha2_256f),
            new Row(Ckp.CKP_SLH_DSA_SHAKE_256F, 31, 32, 49856, () -> SLHDSAParameters.shake_256f));

    static final PqcKeyCodec CODEC =
            new PqcKeyCodec(Ckk.CKK_SLH_DSA, ROWS.stream().map(SlhDsaKeys::set).toList());

    /** A set, the length n of its hashes and that of its signatures. */
    private record Row(long number, int oid, int n, int signatureLength, Supplier<SLHDSAParameters> parameters) {}

    /** A private or a public key. */
    record Form(
            SLHDSAParameters parameters,
            @Nullable SLHDSAPrivateKeyParameters privateKey,
            byte[] publicSeed,
            byte[] publicRoot,
            int signatureLength) {}

    private SlhDsaKeys() {}

    /** The root of the private key is not made again: that costs as much as generating one. */
    private static PqcParameterSet set(Row row) {
        return new PqcParameterSet(
                row.number,
                SIGNATURE_ALGORITHMS,
                row.oid,
                2 * row.n,
                4 * row.n,
                0,
                seed -> seed,
                value -> new SLHDSAPrivateKeyParameters(row.parameters.get(), value).getEncodedPublicKey(),
                value -> new SLHDSAPublicKeyParameters(row.parameters.get(), value));
    }

    private static Row row(PqcParameterSet set) {
        return ROWS.stream()
                .filter(row -> row.number == set.number())
                .findFirst()
                .orElseThrow(() -> Fault.ATTRIBUTE_VALUE_INVALID.because("no parameter set " + set.number()));
    }

    /** The engine's parameters of a set. */
    static SLHDSAParameters parameters(PqcParameterSet set) {
        return row(set).parameters.get();
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Form privateKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_SLH_DSA);
        return key.prepared(Form.class, k -> {
            Row row = row(CODEC.of(k));
            SLHDSAPrivateKeyParameters made =
                    k.secret(Cka.CKA_VALUE).use(value -> new SLHDSAPrivateKeyParameters(row.parameters.get(), value));
            return new Form(row.parameters.get(), made, made.getPublicSeed(), made.getRoot(), row.signatureLength);
        });
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Form publicKey(HsmObject key) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_SLH_DSA);
        return key.prepared(Form.class, k -> {
            Row row = row(CODEC.of(k));
            SLHDSAPublicKeyParameters made = new SLHDSAPublicKeyParameters(
                    row.parameters.get(), k.attributes().bytes(Cka.CKA_VALUE));
            return new Form(row.parameters.get(), null, made.getSeed(), made.getRoot(), row.signatureLength);
        });
    }
}
