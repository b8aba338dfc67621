// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
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
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** ML-DSA, pure and over digests (PKCS#11 3.2 section 6.67, FIPS 204). */
final class MlDsaFamily implements MechanismFamily {
    private static final int MU_LENGTH = 64;
    private static final long MIN_KEY = 1312;
    private static final long MAX_KEY = 2592;

    private final Engines engines;

    MlDsaFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row(Ckm.CKM_ML_DSA_KEY_PAIR_GEN).makesKeyPairs(this::generate).build());
        rows.addAll(new ContextSignatures(engines, MlDsaFamily::row, this::signer, MlDsaFamily::verifier)
                .rows(Ckm.CKM_ML_DSA, Ckm.CKM_HASH_ML_DSA, PreHash::mlDsaRow));
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(MlDsaKeys.CODEC);
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_ML_DSA).keySizes(MIN_KEY, MAX_KEY);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        PqcParameterSet set = MlDsaKeys.CODEC.required(publicTemplate);
        return PqcKeyCodec.pairOf(set, SecretBytes.random(MlDsaKeys.SEED_LENGTH, engines.random()));
    }

    private Signer signer(HsmObject key, SignContext context) {
        MlDsaKeys.Private prepared = MlDsaKeys.privateKey(key);
        return new Signing(new Message(prepared.publicKeyHash(), context), prepared, context.deterministic());
    }

    private static Verifier verifier(HsmObject key, SignContext context) {
        MlDsaKeys.Public prepared = MlDsaKeys.publicKey(key);
        return new Verifying(new Message(prepared.publicKeyHash(), context), prepared);
    }

    /** The message representative mu, to which any length of message runs down (FIPS 204 section 6.2). */
    private static final class Message {
        private final ShakeDigester mu = new ShakeDigester(256, MU_LENGTH);
        private final SignContext context;
        private long length;

        Message(byte[] publicKeyHash, SignContext context) {
            this.context = context;
            mu.update(publicKeyHash, 0, publicKeyHash.length);
            byte[] prefix = context.prefix();
            mu.update(prefix, 0, prefix.length);
        }

        void update(byte[] data, int offset, int count) {
            length += count;
            mu.update(data, offset, count);
        }

        byte[] finish() {
            context.checkDigest(length);
            return mu.digest();
        }
    }

    private final class Signing implements Signer {
        private final Message message;
        private final MlDsaKeys.Private key;
        private final boolean deterministic;

        Signing(Message message, MlDsaKeys.Private key, boolean deterministic) {
            this.message = message;
            this.key = key;
            this.deterministic = deterministic;
        }

        @Override
        public void update(byte[] data, int offset, int length) {
            message.update(data, offset, length);
        }

        @Override
        public byte[] sign() {
            byte[] mu = message.finish();
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, deterministic ? key.key() : new ParametersWithRandom(key.key(), engines.random()));
            try {
                return signer.generateMuSignature(mu);
            } catch (CryptoException e) {
                throw Fault.FUNCTION_FAILED.because("no signature", e);
            }
        }

        @Override
        public int signatureLength() {
            return key.signatureLength();
        }
    }

    private record Verifying(Message message, MlDsaKeys.Public key) implements Verifier {
        @Override
        public void update(byte[] data, int offset, int length) {
            message.update(data, offset, length);
        }

        @Override
        public void verify(byte[] signature) {
            byte[] mu = message.finish();
            if (signature.length != key.signatureLength()) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            MLDSASigner engine = new MLDSASigner();
            engine.init(false, key.key());
            if (!engine.verifyMuSignature(mu, signature)) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        }
    }
}
