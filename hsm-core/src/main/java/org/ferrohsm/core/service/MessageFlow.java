// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.MessageOperation;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.session.Session;

/**
 * How a process of messages begins, goes on and ends. Every message is a use of the key that passes the gate; a fault
 * ends the message and not the process, which its Final function ends. A key that asks for the PIN before each use asks
 * before each message.
 */
final class MessageFlow {
    private final Gate gate;

    MessageFlow(Gate gate) {
        this.gate = gate;
    }

    void init(
            Session session,
            OperationKind kind,
            Mechanism mechanism,
            MechanismCall call,
            long handle,
            boolean able,
            Consumer<MechanismParameters> check) {
        synchronized (session) {
            session.refuseSecond(kind);
            if (!able) {
                throw Fault.MECHANISM_INVALID.because(mechanism.name() + " is no mechanism to " + kind);
            }
            check.accept(call.parameters());
            HsmObject key = OperationFlow.key(session, mechanism, handle);
            gate.check(session, kind.action(), key, call.type(), kind.usage());
            MessageOperation process = new MessageOperation(mechanism, call, handle);
            if (OperationFlow.asksForPin(key)) {
                process.needLogin();
            }
            session.begin(kind, process);
        }
    }

    void finish(Session session, OperationKind kind) {
        synchronized (session) {
            MessageOperation process = process(session, kind);
            refuseInMessage(process);
            process.fail(Fault.FUNCTION_CANCELED);
            session.end(kind);
        }
    }

    static MessageOperation process(Session session, OperationKind kind) {
        return OperationFlow.running(session, kind, MessageOperation.class);
    }

    /** The process, if a message may begin now. */
    static MessageOperation idle(Session session, OperationKind kind) {
        MessageOperation process = process(session, kind);
        refuseInMessage(process);
        OperationFlow.refuseWithoutLogin(process);
        return process;
    }

    /** A whole message, or the end of the process, cannot come between the parts of a message. */
    private static void refuseInMessage(MessageOperation process) {
        if (process.inMessage()) {
            throw Fault.OPERATION_ACTIVE.because("a message in parts has not been ended");
        }
    }

    /** The message that a Begin function has begun. */
    static <O extends Operation> O begun(MessageOperation process, Class<O> type) {
        Operation message = process.message();
        if (!process.inMessage() || message == null) {
            throw Fault.OPERATION_NOT_INITIALIZED.because("no message has been begun");
        }
        return type.cast(message);
    }

    /** Opens a message with the key, which is admitted anew; {@code message} has the message's own parameters. */
    <O extends Operation> O admitted(
            Session session,
            OperationKind kind,
            MessageOperation process,
            MechanismCall message,
            BiFunction<HsmObject, Lease, O> opener) {
        HsmObject key = OperationFlow.key(session, process.mechanism(), process.key());
        Lease lease = gate.admit(session, kind.action(), key, message, kind.usage());
        try {
            return opener.apply(key, lease);
        } catch (HsmException e) {
            lease.failed(e.fault());
            throw e;
        }
    }

    /** One step of a message; whatever goes wrong ends the message. */
    static <T> T step(MessageOperation process, Supplier<T> step) {
        return OperationFlow.aborting(process::failMessage, step);
    }

    /** The message has given its result. */
    static void end(Session session, MessageOperation process) {
        process.endMessage();
        if (OperationFlow.asksForPin(session.access().open(process.key(), Fault.KEY_HANDLE_INVALID))) {
            process.needLogin();
        }
    }
}
