// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.operation.DigestOperation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.SavedStates;
import org.ferrohsm.core.session.SavedStates.Saved;
import org.ferrohsm.core.session.Session;

/** Saving and restoring running operations (PKCS#11 3.2 sections 5.6.6 and 5.6.7): digests, which hold no key. */
public final class OperationStateService {
    private static final Set<OperationKind> WITH_KEY =
            EnumSet.of(OperationKind.ENCRYPT, OperationKind.DECRYPT, OperationKind.SIGN, OperationKind.VERIFY);

    private final SecureRandom random;

    public OperationStateService(SecureRandom random) {
        this.random = random;
    }

    /**
     * Saves the running digest.
     *
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_NOT_INITIALIZED if nothing runs that could be saved,
     *     STATE_UNSAVEABLE if an operation with a key runs: keys do not leave the token, not even in part
     */
    public Output save(Session session, int room) {
        synchronized (session) {
            for (OperationKind kind : WITH_KEY) {
                if (session.runs(kind)) {
                    throw Fault.STATE_UNSAVEABLE.because("an operation with a key stays in its session: " + kind);
                }
            }
            DigestOperation digest = OperationFlow.running(session, OperationKind.DIGEST, DigestOperation.class);
            if (room < SavedStates.NAME_LENGTH) {
                return Output.lengthOnly(SavedStates.NAME_LENGTH);
            }
            byte[] name = new byte[SavedStates.NAME_LENGTH];
            random.nextBytes(name);
            Saved saved = new Saved(session.access().token(), session.info().state(), digest.copy());
            session.application().savedStates().put(name, saved);
            return Output.of(name);
        }
    }

    /**
     * Restores a saved digest in place of whatever runs.
     *
     * @throws org.ferrohsm.core.fault.HsmException SAVED_STATE_INVALID, also for a state of another token or of a session
     *     in another state; KEY_NOT_NEEDED
     */
    public void restore(Session session, byte[] name, long encryptionKey, long authenticationKey) {
        synchronized (session) {
            Saved saved = session.application().savedStates().get(name);
            if (saved == null
                    || !saved.token().equals(session.access().token())
                    || saved.sessionState() != session.info().state()) {
                throw Fault.SAVED_STATE_INVALID.because(
                        "no state that was saved by this application for such a session");
            }
            if (encryptionKey != 0 || authenticationKey != 0) {
                throw Fault.KEY_NOT_NEEDED.because("a digest has no key");
            }
            DigestOperation digest = saved.digest().copy();
            session.abortAll();
            session.begin(OperationKind.DIGEST, digest);
        }
    }
}
