// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import java.util.Arrays;
import java.util.function.Supplier;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * One running operation of a session. It ends with its result or with the first fault, but not with a length query or
 * with too little room (PKCS#11 3.2 sections 5.2 and 5.10): output that did not fit is kept until it is fetched.
 */
public abstract sealed class Operation
        permits SignOperation, VerifyOperation, SignedOperation, CipherOperation, DigestOperation, MessageOperation {
    private final @Nullable Lease lease;
    private boolean settled;
    private boolean inParts;
    private boolean loginNeeded;
    private byte @Nullable [] kept;

    /** {@code lease} is the recorded right to use the key, null where no key is used. */
    Operation(@Nullable Lease lease) {
        this.lease = lease;
    }

    /** Whether parts have been taken in, so that a single-part call can no longer follow. */
    public final boolean inParts() {
        return inParts;
    }

    final void takePart() {
        inParts = true;
    }

    /** The key asks for the PIN before each use (CKA_ALWAYS_AUTHENTICATE). */
    public final void needLogin() {
        loginNeeded = true;
    }

    /** Whether the PIN is still owed. */
    public final boolean loginNeeded() {
        return loginNeeded;
    }

    /** The PIN has been given. */
    public final void loggedIn() {
        loginNeeded = false;
    }

    /** Applies the rule for output buffers; {@code bound} is the most that {@code work} gives. */
    final Output produce(int room, int bound, boolean exact, Supplier<byte[]> work) {
        byte[] ready = kept;
        if (ready == null) {
            if (room == Output.QUERY || (exact && room < bound)) {
                return Output.lengthOnly(bound);
            }
            ready = work.get();
            release(ready);
        }
        if (room < ready.length) {
            kept = ready;
            return Output.lengthOnly(ready.length);
        }
        kept = null;
        return Output.of(ready);
    }

    /** The use of the key is recorded before its output may leave. */
    final void release(byte[] output) {
        try {
            settle();
        } catch (HsmException e) {
            Arrays.fill(output, (byte) 0);
            throw e;
        }
    }

    /** Tells the lease what the key is used on. */
    final void bind(byte[] part) {
        if (lease != null) {
            lease.bind(part);
        }
    }

    /** Whether nothing may leave before the end. */
    final boolean withholds() {
        return lease != null && lease.withholds();
    }

    final void settle() {
        if (lease != null && !settled) {
            settled = true;
            lease.used();
        }
    }

    /** The operation ends without a result. */
    public void fail(Fault fault) {
        if (kept != null) {
            Arrays.fill(kept, (byte) 0);
            kept = null;
        }
        if (lease != null && !settled) {
            settled = true;
            lease.failed(fault);
        }
    }
}
