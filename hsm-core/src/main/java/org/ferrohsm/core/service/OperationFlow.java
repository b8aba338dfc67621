// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.secret.ClosedSecretException;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * How an operation of a session begins, goes on and ends, whatever its kind: the order of the checks, and that a fault
 * ends it where a length query or too little room does not (PKCS#11 3.2 section 5.2).
 */
final class OperationFlow {
    private final Gate gate;

    OperationFlow(Gate gate) {
        this.gate = gate;
    }

    /** What a mechanism has if it can do an operation. */
    interface Capability<F> {
        @Nullable
        F of(Mechanism mechanism);
    }

    /** Opens the running part of an operation, once the key has been admitted. */
    interface Opener<F> {
        Operation open(F factory, HsmObject key, Lease lease);
    }

    /** Begins an operation with a key. */
    <F> void init(
            Session session,
            OperationKind kind,
            MechanismCall call,
            long handle,
            Capability<F> capability,
            Opener<F> opener) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        F factory = capability.of(mechanism);
        synchronized (session) {
            session.refuseSecond(kind);
            if (factory == null) {
                throw Fault.MECHANISM_INVALID.because(mechanism.name() + " is no mechanism to " + kind);
            }
            mechanism.checkParameters(call.parameters());
            HsmObject key = key(session, mechanism, handle);
            Lease lease = gate.admit(session, kind.action(), key, call, kind.usage());
            session.begin(kind, opened(key, lease, () -> opener.open(factory, key, lease)));
        }
    }

    /**
     * The key behind a handle, if it is one for the mechanism.
     *
     * @throws HsmException KEY_HANDLE_INVALID, KEY_TYPE_INCONSISTENT
     */
    static HsmObject key(Session session, Mechanism mechanism, long handle) {
        HsmObject key = session.access().open(handle, Fault.KEY_HANDLE_INVALID);
        if (!mechanism.takes(key.keyType())) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("the key is not one for " + mechanism.name());
        }
        return key;
    }

    /** The operation of an admitted key; whatever fails is on record. */
    private static Operation opened(HsmObject key, Lease lease, Supplier<Operation> opener) {
        try {
            Operation operation = opener.get();
            if (asksForPin(key)) {
                operation.needLogin();
            }
            return operation;
        } catch (HsmException e) {
            lease.failed(e.fault());
            throw e;
        }
    }

    static boolean asksForPin(HsmObject key) {
        return key.attributes().flag(Cka.CKA_ALWAYS_AUTHENTICATE);
    }

    /** One step of a running operation that goes on. */
    static <O extends Operation, T> T part(Session session, OperationKind kind, Class<O> type, Function<O, T> step) {
        synchronized (session) {
            O operation = running(session, kind, type);
            refuseWithoutLogin(operation);
            return aborting(fault -> session.abort(kind, fault), () -> step.apply(operation));
        }
    }

    /** The last step of a running operation, which ends with its output. */
    static <O extends Operation> Output last(
            Session session, OperationKind kind, Class<O> type, boolean whole, Function<O, Output> step) {
        synchronized (session) {
            O operation = running(session, kind, type);
            if (whole && operation.inParts()) {
                throw Fault.OPERATION_ACTIVE.because("parts have been taken in: the Final function ends the operation");
            }
            refuseWithoutLogin(operation);
            Output output = aborting(fault -> session.abort(kind, fault), () -> step.apply(operation));
            if (output.bytes() != null) {
                session.end(kind);
            }
            return output;
        }
    }

    /**
     * The running operation, if it was begun by the function that belongs to the caller's.
     *
     * @throws HsmException OPERATION_NOT_INITIALIZED
     */
    static <O extends Operation> O running(Session session, OperationKind kind, Class<O> type) {
        Operation operation = session.running(kind);
        if (!type.isInstance(operation)) {
            throw Fault.OPERATION_NOT_INITIALIZED.because("the running operation was begun by another Init function");
        }
        return type.cast(operation);
    }

    static void refuseWithoutLogin(Operation operation) {
        if (operation.loginNeeded()) {
            throw pinOwed();
        }
    }

    static HsmException pinOwed() {
        return Fault.USER_NOT_LOGGED_IN.because(
                "the key asks for the PIN before each use: log in as CKU_CONTEXT_SPECIFIC");
    }

    /** Does a step; whatever goes wrong is told to {@code abort} first. */
    static <T> T aborting(Consumer<Fault> abort, Supplier<T> step) {
        Fault failure = Fault.GENERAL_ERROR;
        boolean done = false;
        try {
            T result = step.get();
            done = true;
            return result;
        } catch (HsmException e) {
            failure = e.fault();
            throw e;
        } catch (ClosedSecretException e) {
            failure = Fault.OPERATION_NOT_INITIALIZED;
            throw failure.because("the operation's key is gone: a logout or its destruction came in between", e);
        } finally {
            if (!done) {
                abort.accept(failure);
            }
        }
    }
}
