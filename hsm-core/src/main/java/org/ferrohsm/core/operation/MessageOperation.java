// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.jspecify.annotations.Nullable;

/**
 * A process of many messages with one mechanism and one key (PKCS#11 3.2 sections 5.9, 5.11, 5.14 and 5.16). Each message
 * is an operation of its own; its end, good or bad, does not end the process.
 */
public final class MessageOperation extends Operation {
    private final Mechanism mechanism;
    private final MechanismCall call;
    private final long key;
    private @Nullable Operation message;
    private boolean inMessage;

    /** With the key behind the handle {@code key}. */
    public MessageOperation(Mechanism mechanism, MechanismCall call, long key) {
        super(null);
        this.mechanism = mechanism;
        this.call = call;
        this.key = key;
    }

    public Mechanism mechanism() {
        return mechanism;
    }

    public MechanismCall call() {
        return call;
    }

    /** The key's handle: each message opens the key anew. */
    public long key() {
        return key;
    }

    /** The message that has been begun, or waits for room for its result; null if there is none. */
    public @Nullable Operation message() {
        return message;
    }

    /** Whether a Begin function has begun a message in parts. */
    public boolean inMessage() {
        return inMessage;
    }

    /** Keeps a message until its end. */
    public void keep(Operation next, boolean parts) {
        message = next;
        inMessage = parts;
    }

    /** The message has given its result. */
    public void endMessage() {
        message = null;
        inMessage = false;
    }

    /** The message ends without a result. */
    public void failMessage(Fault fault) {
        Operation failed = message;
        endMessage();
        if (failed != null) {
            failed.fail(fault);
        }
    }

    @Override
    public void fail(Fault fault) {
        failMessage(fault);
        super.fail(fault);
    }
}
