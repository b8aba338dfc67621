// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;

/** A private key that signs checkpoints, with its public key. */
public final class NoteSigner {
    private final Engines engines;
    private final NoteKey key;
    private final PrivateKey privateKey;

    private NoteSigner(Engines engines, NoteKey key, PrivateKey privateKey) {
        this.engines = engines;
        this.key = key;
        this.privateKey = privateKey;
    }

    /**
     * A new key.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_INVALID if no engine has the algorithm
     */
    public static NoteSigner generate(Engines engines, String name, NoteAlgorithm algorithm) {
        KeyPair pair = engines.keyPairGenerator(algorithm.generatorName()).generateKeyPair();
        NoteKey key =
                new NoteKey(name, algorithm, algorithm.raw(pair.getPublic().getEncoded()));
        return new NoteSigner(engines, key, pair.getPrivate());
    }

    /**
     * The key that {@link #pkcs8} gave.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is none
     */
    public static NoteSigner of(Engines engines, NoteKey key, byte[] pkcs8) {
        try {
            PrivateKey privateKey =
                    engines.keyFactory(key.algorithm().jcaName()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new NoteSigner(engines, key, privateKey);
        } catch (GeneralSecurityException e) {
            throw Fault.DEVICE_ERROR.because("the key that signs checkpoints cannot be read", e);
        }
    }

    /** The public key. */
    public NoteKey key() {
        return key;
    }

    /** The private key, the caller's to wipe. */
    public byte[] pkcs8() {
        return key.algorithm().portable(privateKey.getEncoded());
    }

    /** Signs a checkpoint at a time in seconds since 1970-01-01T00:00Z. */
    public SignedNote.Line sign(Checkpoint checkpoint, long seconds) {
        NoteAlgorithm algorithm = key.algorithm();
        try {
            Signature signer = engines.signature(algorithm.jcaName());
            signer.initSign(privateKey);
            signer.update(algorithm.message(key.name(), checkpoint, seconds));
            ByteBuffer signature = ByteBuffer.allocate(algorithm.signatureLength());
            if (algorithm.timeLength() > 0) {
                signature.putLong(seconds);
            }
            return new SignedNote.Line(
                    key.name(), key.id(), signature.put(signer.sign()).array());
        } catch (GeneralSecurityException e) {
            throw Fault.FUNCTION_FAILED.because("the checkpoint cannot be signed", e);
        }
    }
}
