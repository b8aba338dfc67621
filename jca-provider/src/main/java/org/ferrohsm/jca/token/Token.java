// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.lang.ref.Cleaner;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.service.CryptoService;
import org.ferrohsm.core.service.KeyService;
import org.ferrohsm.core.service.ObjectService;
import org.ferrohsm.core.service.SessionService;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * One token of this process's application: its services, its login, and a pool of sessions. Engines are used by many
 * threads: each running operation borrows a session and gives it back.
 */
public final class Token {
    private static final long SESSION_FLAGS = Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION;

    /** What happens in a borrowed session. */
    @FunctionalInterface
    public interface SessionCall<T> {
        T run(Session session);
    }

    private enum Login {
        /** Nobody has logged in or out: a configured PIN may be used unasked. */
        UNTRIED,
        IN,
        OUT
    }

    private final Hsm hsm;
    private final long slot;
    private final CryptoService crypto;
    private final KeyService keys;
    private final ObjectService objects;
    private final SessionService sessions;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private final Object loginLock = new Object();
    private volatile Login login = Login.UNTRIED;
    private volatile @Nullable PinSource configuredPin;

    Token(Hsm hsm, long slot) {
        this.hsm = hsm;
        this.slot = slot;
        this.crypto = hsm.runtime().crypto();
        this.keys = hsm.runtime().keys();
        this.objects = hsm.runtime().objects();
        this.sessions = hsm.runtime().sessions();
    }

    public CryptoService crypto() {
        return crypto;
    }

    public KeyService keys() {
        return keys;
    }

    public ObjectService objects() {
        return objects;
    }

    /** Returns what objects that nobody holds any more had taken. */
    public Cleaner cleaner() {
        return hsm.cleaner();
    }

    /** A session for one operation; {@link #giveBack} it, with no operation running. */
    public Session borrow() {
        if (login == Login.UNTRIED && configuredPin != null) {
            loginAsConfigured();
        }
        return take();
    }

    public void giveBack(Session session) {
        idle.addFirst(session);
    }

    /** Runs {@code call} in a session of its own. */
    public <T> T call(SessionCall<T> call) {
        Session session = borrow();
        try {
            return call.run(session);
        } finally {
            giveBack(session);
        }
    }

    /** Whether this application is logged in as the user. */
    public boolean isLoggedIn() {
        return login == Login.IN;
    }

    /**
     * Logs the user in; silent if that has been done.
     *
     * @param pin wiped
     * @throws HsmException PIN_INCORRECT, PIN_LOCKED and the like
     */
    public void login(char[] pin) {
        try (SecretBytes secret = Pins.of(pin)) {
            login(secret);
        }
    }

    /** Logs in with the configured PIN, if there is one and nobody has logged in or out. */
    public void loginAsConfigured() {
        PinSource source = configuredPin;
        if (source == null) {
            return;
        }
        synchronized (loginLock) {
            if (login != Login.UNTRIED) {
                return;
            }
            try (SecretBytes pin = source.read(System.getenv())) {
                login(pin);
            } catch (LoginException e) {
                throw Fault.USER_NOT_LOGGED_IN.because(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** Logs the user out: keys of the token serve again after the next login; session keys are gone. */
    public void logout() {
        synchronized (loginLock) {
            Session session = take();
            try {
                if (login == Login.IN) {
                    sessions.logout(session);
                }
                login = Login.OUT;
            } finally {
                giveBack(session);
            }
        }
    }

    void configurePin(PinSource source) {
        configuredPin = source;
    }

    private void login(SecretBytes pin) {
        synchronized (loginLock) {
            if (login == Login.IN) {
                return;
            }
            Session session = take();
            try {
                sessions.login(session, Cku.CKU_USER, pin);
            } catch (HsmException e) {
                if (e.fault() != Fault.USER_ALREADY_LOGGED_IN) {
                    throw e;
                }
            } finally {
                giveBack(session);
            }
            login = Login.IN;
        }
    }

    private Session take() {
        Session session = idle.pollFirst();
        return session != null ? session : sessions.open(hsm.application(), slot, SESSION_FLAGS);
    }
}
