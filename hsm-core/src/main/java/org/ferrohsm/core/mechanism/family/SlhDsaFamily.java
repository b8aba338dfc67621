// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.slhdsa.SLHDSAEngine;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
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
import org.ferrohsm.core.secret.SecretBytes;

/** SLH-DSA, pure and over digests (PKCS#11 3.2 section 6.69, FIPS 205). */
final class SlhDsaFamily implements MechanismFamily {
    private static final int MAX_MESSAGE = 1 << 26;
    private static final long MIN_KEY = 32;
    private static final long MAX_KEY = 64;

    private final Engines engines;

    SlhDsaFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row(Ckm.CKM_SLH_DSA_KEY_PAIR_GEN).makesKeyPairs(this::generate).build());
        rows.addAll(new ContextSignatures(engines, SlhDsaFamily::row, this::signer, SlhDsaFamily::verifier)
                .rows(Ckm.CKM_SLH_DSA, Ckm.CKM_HASH_SLH_DSA, PreHash::slhDsaRow));
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(SlhDsaKeys.CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_SLH_DSA).keySizes(MIN_KEY, MAX_KEY);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters given) {
        Checks.noParameters(given);
        PqcParameterSet set = SlhDsaKeys.CODEC.required(publicTemplate);
        SLHDSAParameters parameters = SlhDsaKeys.parameters(set);
        SLHDSAPrivateKeyParameters key = (SLHDSAPrivateKeyParameters)
                SLHDSAEngine.implGenerateKeyPair(parameters, random(parameters), random(parameters), random(parameters))
                        .getPrivate();
        return PqcKeyCodec.pairOf(set, SecretBytes.adopt(key.getEncoded()), key.getEncodedPublicKey());
    }

    private byte[] random(SLHDSAParameters parameters) {
        byte[] bytes = new byte[parameters.getN()];
        engines.random().nextBytes(bytes);
        return bytes;
    }

    /** Deterministic signatures take the public seed for random numbers (FIPS 205 section 9.2). */
    private Signer signer(HsmObject key, SignContext context) {
        SlhDsaKeys.Form prepared = SlhDsaKeys.privateKey(key);
        SLHDSAPrivateKeyParameters secret = Objects.requireNonNull(prepared.privateKey());
        return new WholeSigner(MAX_MESSAGE, prepared.signatureLength(), message -> {
            context.checkDigest(message.length);
            return SLHDSAEngine.internalGenerateSignature(
                    prepared.parameters(),
                    secret.getSeed(),
                    secret.getPrf(),
                    secret.getPublicSeed(),
                    secret.getRoot(),
                    context.prefix(),
                    message,
                    context.deterministic() ? secret.getPublicSeed() : random(prepared.parameters()));
        });
    }

    private static Verifier verifier(HsmObject key, SignContext context) {
        SlhDsaKeys.Form prepared = SlhDsaKeys.publicKey(key);
        return new WholeVerifier(MAX_MESSAGE, (message, signature) -> {
            context.checkDigest(message.length);
            if (signature.length != prepared.signatureLength()) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            if (!SLHDSAEngine.internalVerifySignature(
                    prepared.parameters(),
                    prepared.publicSeed(),
                    prepared.publicRoot(),
                    context.prefix(),
                    message,
                    signature)) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }
}
