// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.DSAKeyPairGenerator;
import org.bouncycastle.crypto.params.DSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSASigner;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.HashedSigner;
import org.ferrohsm.core.mechanism.HashedVerifier;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/**
 * DSA (PKCS#11 3.2 section 6.2, FIPS 186-4), for signatures that others still want. Bouncy Castle's arithmetic does it
 * all: the JDK signs no digests of other lengths than SHA-1's, and ACCP has no DSA.
 */
final class DsaFamily implements MechanismFamily {
    /** What is signed is a digest (section 6.2.13, "DSA without hashing"). */
    private static final Set<Integer> DIGESTS = Set.of(20, 28, 32, 48, 64);

    private static final int MAX_DIGEST = 64;

    private static final DsaKeyCodec CODEC = new DsaKeyCodec();

    private static final List<Row> ROWS = List.of(
            new Row(Ckm.CKM_DSA_SHA1, Hash.SHA1),
            new Row(Ckm.CKM_DSA_SHA224, Hash.SHA224),
            new Row(Ckm.CKM_DSA_SHA256, Hash.SHA256),
            new Row(Ckm.CKM_DSA_SHA384, Hash.SHA384),
            new Row(Ckm.CKM_DSA_SHA512, Hash.SHA512),
            new Row(Ckm.CKM_DSA_SHA3_224, Hash.SHA3_224),
            new Row(Ckm.CKM_DSA_SHA3_256, Hash.SHA3_256),
            new Row(Ckm.CKM_DSA_SHA3_384, Hash.SHA3_384),
            new Row(Ckm.CKM_DSA_SHA3_512, Hash.SHA3_512));

    private record Row(long type, Hash hash) {}

    private final Engines engines;

    DsaFamily(Engines engines) {
        this.engines = engines;
    }

    /** Keys in Bouncy Castle's form. */
    private record PreparedPrivate(DSAPrivateKeyParameters key) {}

    private record PreparedPublic(DSAPublicKeyParameters key) {}

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row(Ckm.CKM_DSA_KEY_PAIR_GEN).makesKeyPairs(this::generate).build());
        rows.add(row(Ckm.CKM_DSA).signs(this::signer).verifies(this::verifier).build());
        for (Row hashed : ROWS) {
            rows.add(row(hashed.type)
                    .signs((key, parameters) ->
                            new HashedSigner(new EngineDigester(engines, hashed.hash), signer(key, parameters)))
                    .verifies((key, parameters) ->
                            new HashedVerifier(new EngineDigester(engines, hashed.hash), verifier(key, parameters)))
                    .build());
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_DSA).keySizes(DsaGroup.MIN_BITS, DsaGroup.MAX_BITS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        DsaGroup group = CODEC.group(publicTemplate);
        DSAKeyPairGenerator generator = new DSAKeyPairGenerator();
        generator.init(new DSAKeyGenerationParameters(engines.random(), group.engineForm()));
        AsymmetricCipherKeyPair pair =
                EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", generator::generateKeyPair);
        return new NewKeyPair(
                CODEC.publicKey(group, ((DSAPublicKeyParameters) pair.getPublic()).getY()),
                CODEC.privateKey(group, ((DSAPrivateKeyParameters) pair.getPrivate()).getX()));
    }

    private Signer signer(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_DSA);
        DSAPrivateKeyParameters prepared = key.prepared(PreparedPrivate.class, DsaFamily::privateKey).key;
        int width = CODEC.group(key.attributes()).width();
        return new WholeSigner(MAX_DIGEST, 2 * width, digest -> sign(prepared, checkedDigest(digest), width));
    }

    private byte[] sign(DSAPrivateKeyParameters key, byte[] digest, int width) {
        BigInteger[] halves = EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
            DSASigner signer = new DSASigner();
            signer.init(true, new ParametersWithRandom(key, engines.random()));
            return signer.generateSignature(digest);
        });
        byte[] signature = Arrays.copyOf(BigIntegers.bytes(halves[0], width), 2 * width);
        System.arraycopy(BigIntegers.bytes(halves[1], width), 0, signature, width, width);
        return signature;
    }

    private Verifier verifier(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_DSA);
        DSAPublicKeyParameters prepared = key.prepared(PreparedPublic.class, DsaFamily::publicKey).key;
        int width = CODEC.group(key.attributes()).width();
        return new WholeVerifier(MAX_DIGEST, (digest, signature) -> {
            checkedDigest(digest);
            if (signature.length != 2 * width) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            DSASigner verifier = new DSASigner();
            verifier.init(false, prepared);
            BigInteger r = BigIntegers.of(Arrays.copyOf(signature, width));
            BigInteger s = BigIntegers.of(Arrays.copyOfRange(signature, width, 2 * width));
            if (!verifier.verifySignature(digest, r, s)) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }

    private static byte[] checkedDigest(byte[] digest) {
        if (!DIGESTS.contains(digest.length)) {
            throw Fault.DATA_LEN_RANGE.because("no digest has " + digest.length + " bytes");
        }
        return digest;
    }

    private static PreparedPrivate privateKey(HsmObject key) {
        return new PreparedPrivate(new DSAPrivateKeyParameters(
                BigIntegers.of(key.secret(Cka.CKA_VALUE)),
                CODEC.group(key.attributes()).engineForm()));
    }

    private static PreparedPublic publicKey(HsmObject key) {
        return new PreparedPublic(new DSAPublicKeyParameters(
                BigIntegers.of(key.attributes().bytes(Cka.CKA_VALUE)),
                CODEC.group(key.attributes()).engineForm()));
    }
}
