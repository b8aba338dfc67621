// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.session.SessionInfo;
import org.ferrohsm.core.token.Role;
import org.ferrohsm.core.token.Slots;
import org.ferrohsm.core.token.TokenAccess;
import org.ferrohsm.core.token.TokenAdmin;
import org.ferrohsm.core.token.TokenDescription;
import org.jspecify.annotations.Nullable;

/** Session management and login (PKCS#11 3.2 section 5.6). Every method throws HsmException with the function's codes. */
public final class SessionService {
    /** Makes an application's access to a token. */
    @FunctionalInterface
    public interface AccessMaker {
        TokenAccess make(Application application, UUID token);
    }

    private final Slots slots;
    private final TokenAdmin admin;
    private final Gate gate;
    private final AccessMaker accessMaker;

    public SessionService(Slots slots, TokenAdmin admin, Gate gate, AccessMaker accessMaker) {
        this.slots = slots;
        this.admin = admin;
        this.gate = gate;
        this.accessMaker = accessMaker;
    }

    /** Opens a session; {@code flags} are CKF_*. */
    public Session open(Application application, long slot, long flags) {
        if ((flags & Ckf.CKF_SERIAL_SESSION) == 0) {
            throw Fault.SESSION_PARALLEL_NOT_SUPPORTED.because("CKF_SERIAL_SESSION must be set");
        }
        boolean readWrite = (flags & Ckf.CKF_RW_SESSION) != 0;
        TokenDescription token = slots.token(slot)
                .orElseThrow(() -> Fault.TOKEN_NOT_RECOGNIZED.because(
                        "the token in slot " + slot + " is not initialised: initialise it first"));
        TokenAccess access = application.access(token.id(), id -> accessMaker.make(application, id));
        if (!readWrite && access.role() == Role.SO) {
            throw Fault.SESSION_READ_WRITE_SO_EXISTS.because(
                    "the SO is logged in: only read-write sessions can be opened");
        }
        return application.open(access, slot, readWrite, (flags & Ckf.CKF_ASYNC_SESSION) != 0);
    }

    /** The session behind a handle. */
    public Session require(Application application, long handle) {
        return application.session(handle);
    }

    public void close(Session session) {
        session.application().close(session);
        gate.sessionClosed(session);
    }

    public void closeAll(Application application, long slot) {
        slots.token(slot);
        for (Session session : application.sessions(slot)) {
            close(session);
        }
    }

    public SessionInfo info(Session session) {
        return session.info();
    }

    /**
     * The validation flags of the session's last operation (section 5.6.11): none, since no validation certificate covers
     * this token. {@code type} is CKS_*.
     */
    public long validationFlags(Session session, long type) {
        if (type != Cks.CKS_LAST_VALIDATION_OK) {
            throw Fault.ARGUMENTS_BAD.because("there are no validation flags of type " + type);
        }
        return 0;
    }

    /** Logs the application in to the session's token; {@code userType} is CKU_*. */
    public void login(Session session, long userType, SecretBytes pin) {
        if (userType == Cku.CKU_CONTEXT_SPECIFIC) {
            loginForOperation(session, pin);
            return;
        }
        if (userType != Cku.CKU_USER && userType != Cku.CKU_SO) {
            throw Fault.USER_TYPE_INVALID.because("there is no user type " + userType);
        }
        Role role = userType == Cku.CKU_SO ? Role.SO : Role.USER;
        TokenAccess access = session.access();
        synchronized (access) {
            refuseSecondLogin(access.role(), role);
            if (role == Role.SO && access.readOnlySessions() > 0) {
                throw Fault.SESSION_READ_ONLY_EXISTS.because("the SO cannot log in while a read-only session is open");
            }
            TokenDescription token = token(session);
            SecretBytes tokenKey = admin.unlock(actor(session), token, role, pin, AuditAction.LOGIN);
            admin.record(actor(session), token, role, AuditAction.LOGIN);
            access.login(role, token.initialisation(), tokenKey);
        }
    }

    private static void refuseSecondLogin(@Nullable Role present, Role wanted) {
        if (present == wanted) {
            throw Fault.USER_ALREADY_LOGGED_IN.because("already logged in");
        }
        if (present != null) {
            throw Fault.USER_ANOTHER_ALREADY_LOGGED_IN.because("another user is logged in: log out first");
        }
    }

    /** The PIN before each use of a key with CKA_ALWAYS_AUTHENTICATE (section 5.6.8). */
    private void loginForOperation(Session session, SecretBytes pin) {
        synchronized (session) {
            boolean asked = session.asksLogin();
            for (Operation operation : session.running()) {
                asked |= operation.loginNeeded();
            }
            if (!asked) {
                throw Fault.OPERATION_NOT_INITIALIZED.because("no running operation asks for the PIN");
            }
            admin.unlock(actor(session), token(session), Role.USER, pin, AuditAction.LOGIN)
                    .close();
            admin.record(actor(session), token(session), Role.USER, AuditAction.LOGIN);
            session.running().forEach(Operation::loggedIn);
            session.giveLogin();
        }
    }

    public void logout(Session session) {
        TokenAccess access = session.access();
        synchronized (access) {
            Role role = access.role();
            if (role == null) {
                throw Fault.USER_NOT_LOGGED_IN.because("nobody is logged in");
            }
            for (Session each : session.application().sessions(session.slot())) {
                synchronized (each) {
                    each.abortAll();
                }
            }
            access.logout();
            admin.record(actor(session), token(session), role, AuditAction.LOGOUT);
        }
    }

    /** The SO sets the user's PIN, which also unlocks it (section 5.5.8). */
    public void initPin(Session session, SecretBytes pin) {
        TokenAccess access = session.access();
        if (access.role() != Role.SO) {
            throw Fault.USER_NOT_LOGGED_IN.because("only the SO sets the user's first PIN");
        }
        TokenDescription token = token(session);
        SecretBytes tokenKey =
                access.keys().tokenKey().orElseThrow(() -> Fault.USER_NOT_LOGGED_IN.because("the SO has logged out"));
        admin.setPin(actor(session), token, Role.USER, pin, tokenKey, AuditAction.PIN_INIT);
    }

    /** Changes the PIN of who is logged in, the user's if nobody is (section 5.5.9). */
    public void setPin(Session session, SecretBytes oldPin, SecretBytes newPin) {
        if (!session.readWrite()) {
            throw Fault.SESSION_READ_ONLY.because("a PIN is changed in a read-write session");
        }
        Role role = session.access().role() == Role.SO ? Role.SO : Role.USER;
        TokenAdmin.requireLength(newPin);
        TokenDescription token = token(session);
        try (SecretBytes tokenKey = admin.unlock(actor(session), token, role, oldPin, AuditAction.PIN_SET)) {
            admin.setPin(actor(session), token, role, newPin, tokenKey, AuditAction.PIN_SET);
        }
    }

    private static String actor(Session session) {
        return session.application().name();
    }

    private TokenDescription token(Session session) {
        return slots.token(session.slot())
                .filter(token -> token.id().equals(session.access().token()))
                .orElseThrow(() -> Fault.TOKEN_NOT_PRESENT.because("the token is gone"));
    }
}
