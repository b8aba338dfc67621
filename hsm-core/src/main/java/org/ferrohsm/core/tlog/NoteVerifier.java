// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.ferrohsm.core.engine.Engines;

/** Checks signatures of checkpoints. */
public final class NoteVerifier {
    private final Engines engines;

    public NoteVerifier(Engines engines) {
        this.engines = engines;
    }

    /** Whether {@code signature} is that of {@code key} over a checkpoint. */
    boolean isRight(NoteKey key, Checkpoint checkpoint, byte[] signature) {
        NoteAlgorithm algorithm = key.algorithm();
        if (signature.length != algorithm.signatureLength()) {
            return false;
        }
        int timeLength = algorithm.timeLength();
        long seconds = timeLength == 0 ? 0 : ByteBuffer.wrap(signature).getLong();
        if (seconds < 0) {
            return false;
        }
        try {
            Signature verifier = engines.signature(algorithm.jcaName());
            verifier.initVerify(engines.keyFactory(algorithm.jcaName())
                    .generatePublic(new X509EncodedKeySpec(algorithm.spki(key.publicKey()))));
            verifier.update(algorithm.message(key.name(), checkpoint, seconds));
            return verifier.verify(Arrays.copyOfRange(signature, timeLength, signature.length));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
