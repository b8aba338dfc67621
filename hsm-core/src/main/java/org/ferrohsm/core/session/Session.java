// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.operation.NonceSource;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.token.Role;
import org.ferrohsm.core.token.TokenAccess;
import org.jspecify.annotations.Nullable;

/**
 * A session (PKCS#11 3.2 section 2.4). Its running operations are guarded by the session itself: a service holds its
 * monitor for the length of a call, so that two threads that share a session by mistake harm nobody.
 */
public final class Session {
    private final Application application;
    private final TokenAccess access;
    private final long handle;
    private final long slot;
    private final boolean readWrite;
    private final boolean asynchronous;
    private final Map<OperationKind, Operation> operations = new EnumMap<>(OperationKind.class);
    private final Map<UUID, NonceSource> nonces = new HashMap<>();
    private final UsedIvs usedIvs = new UsedIvs();
    private @Nullable FindCursor find;
    private @Nullable UUID loginAsked;
    private boolean loginGiven;
    private boolean closed;

    Session(
            Application application,
            TokenAccess access,
            long handle,
            long slot,
            boolean readWrite,
            boolean asynchronous) {
        this.application = application;
        this.access = access;
        this.handle = handle;
        this.slot = slot;
        this.readWrite = readWrite;
        this.asynchronous = asynchronous;
    }

    public Application application() {
        return application;
    }

    /** The application's access to the session's token. */
    public TokenAccess access() {
        return access;
    }

    public long handle() {
        return handle;
    }

    public long slot() {
        return slot;
    }

    public boolean readWrite() {
        return readWrite;
    }

    /** State and flags (section 2.4.2, figures 3 and 4). */
    public SessionInfo info() {
        Role role = access.role();
        long state;
        if (role == Role.SO) {
            state = Cks.CKS_RW_SO_FUNCTIONS;
        } else if (role == Role.USER) {
            state = readWrite ? Cks.CKS_RW_USER_FUNCTIONS : Cks.CKS_RO_USER_FUNCTIONS;
        } else {
            state = readWrite ? Cks.CKS_RW_PUBLIC_SESSION : Cks.CKS_RO_PUBLIC_SESSION;
        }
        long flags = Ckf.CKF_SERIAL_SESSION
                | (readWrite ? Ckf.CKF_RW_SESSION : 0)
                | (asynchronous ? Ckf.CKF_ASYNC_SESSION : 0);
        return new SessionInfo(slot, state, flags, 0);
    }

    /**
     * Begins an operation.
     *
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_ACTIVE if one of its kind is running
     */
    public void begin(OperationKind kind, Operation operation) {
        refuseSecond(kind);
        operations.put(kind, operation);
    }

    /** Refuses a second operation of one kind, as {@link #begin} does. */
    public void refuseSecond(OperationKind kind) {
        requireOpen();
        if (operations.containsKey(kind)) {
            throw Fault.OPERATION_ACTIVE.because("the session has a running operation: " + kind);
        }
    }

    /**
     * The running operation of a kind.
     *
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_NOT_INITIALIZED
     */
    public Operation running(OperationKind kind) {
        requireOpen();
        Operation operation = operations.get(kind);
        if (operation == null) {
            throw Fault.OPERATION_NOT_INITIALIZED.because("the session has no running operation: " + kind);
        }
        return operation;
    }

    /** Whether an operation of a kind is running. */
    public boolean runs(OperationKind kind) {
        requireOpen();
        return operations.containsKey(kind);
    }

    /** All running operations. */
    public Iterable<Operation> running() {
        requireOpen();
        return operations.values();
    }

    /** The operation has given its result. */
    public void end(OperationKind kind) {
        operations.remove(kind);
    }

    /** Ends an operation without a result; nothing happens if none is running. */
    public void abort(OperationKind kind, Fault fault) {
        Operation operation = operations.remove(kind);
        if (operation != null) {
            operation.fail(fault);
        }
    }

    /**
     * Refuses a second search.
     *
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_ACTIVE if one is running
     */
    public void refuseSecondFind() {
        requireOpen();
        if (find != null) {
            throw Fault.OPERATION_ACTIVE.because("the session has a running search");
        }
    }

    /** Begins a search, whose results are known. */
    public void beginFind(long[] found) {
        refuseSecondFind();
        find = new FindCursor(found);
    }

    /**
     * The running search.
     *
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_NOT_INITIALIZED if there is none
     */
    public FindCursor find() {
        requireOpen();
        if (find == null) {
            throw Fault.OPERATION_NOT_INITIALIZED.because("the session has no running search");
        }
        return find;
    }

    /** Ends the search, if one is running. */
    public void endFind() {
        find = null;
    }

    /** Ends all operations. */
    public void abortAll() {
        for (OperationKind kind : OperationKind.values()) {
            abort(kind, Fault.FUNCTION_CANCELED);
        }
        find = null;
        loginAsked = null;
        loginGiven = false;
    }

    /**
     * Takes the login for one use of a key by a function without an Init; asks for it where it has not been given, so that
     * the call can be repeated after it.
     */
    public boolean takeLogin(UUID key) {
        boolean given = loginGiven && key.equals(loginAsked);
        loginAsked = given ? null : key;
        loginGiven = false;
        return given;
    }

    /** Whether the last use of a key by a function without an Init waits for a login. */
    public boolean asksLogin() {
        requireOpen();
        return loginAsked != null;
    }

    /** The login that was asked for has been given. */
    public void giveLogin() {
        loginGiven = loginAsked != null;
    }

    /** The IVs that callers brought to encrypt with. */
    public UsedIvs usedIvs() {
        return usedIvs;
    }

    /** The nonces that this session has made for a key. */
    public NonceSource nonces(UUID key, SecureRandom random) {
        requireOpen();
        return nonces.computeIfAbsent(key, id -> new NonceSource(random));
    }

    void close() {
        closed = true;
        abortAll();
    }

    private void requireOpen() {
        if (closed) {
            throw Fault.SESSION_HANDLE_INVALID.because("the session has been closed");
        }
    }
}
