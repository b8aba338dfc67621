// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.token.HandleSource;
import org.ferrohsm.core.token.TokenAccess;

/**
 * One application: a process that loaded the library, a client of the daemon, a Java provider. Sessions, logins and
 * handles belong to it and mean nothing to any other (PKCS#11 3.2 section 2.4).
 */
public final class Application {
    private final String name;
    private final String account;
    private final HandleSource handles;
    private final SavedStates savedStates = new SavedStates();
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final Map<UUID, TokenAccess> tokens = new ConcurrentHashMap<>();

    /**
     * An application.
     *
     * @param name what audit records call it
     * @param account the account that it runs under, by which its requests are told from those of others
     */
    public Application(String name, String account, SecureRandom random) {
        this.name = name;
        this.account = account;
        this.handles = new HandleSource(random);
    }

    /** As audit records call it. */
    public String name() {
        return name;
    }

    /** The account that it runs under, e.g. {@code uid:1000}. */
    public String account() {
        return account;
    }

    public HandleSource handles() {
        return handles;
    }

    public SavedStates savedStates() {
        return savedStates;
    }

    /** The application's access to a token, made by {@code maker} the first time. */
    public TokenAccess access(UUID token, Function<UUID, TokenAccess> maker) {
        TokenAccess known = tokens.get(token);
        return known != null ? known : tokens.computeIfAbsent(token, maker);
    }

    /** Opens a session. */
    public Session open(TokenAccess access, long slot, boolean readWrite, boolean asynchronous) {
        Session session = new Session(this, access, handles.next(), slot, readWrite, asynchronous);
        sessions.put(session.handle(), session);
        access.sessionOpened(readWrite);
        return session;
    }

    /**
     * The session behind a handle.
     *
     * @throws org.ferrohsm.core.fault.HsmException SESSION_HANDLE_INVALID
     */
    public Session session(long handle) {
        Session session = sessions.get(handle);
        if (session == null) {
            throw Fault.SESSION_HANDLE_INVALID.because("there is no session " + handle);
        }
        return session;
    }

    /** Sessions with a token's slot. */
    public Collection<Session> sessions(long slot) {
        List<Session> found = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.slot() == slot) {
                found.add(session);
            }
        }
        return found;
    }

    /**
     * Closes a session with its objects.
     *
     * @throws org.ferrohsm.core.fault.HsmException SESSION_HANDLE_INVALID if it has been closed
     */
    public void close(Session session) {
        if (!sessions.remove(session.handle(), session)) {
            throw Fault.SESSION_HANDLE_INVALID.because("the session has been closed");
        }
        synchronized (session) {
            session.close();
        }
        session.access().sessionClosed(session.handle(), session.readWrite());
    }

    /** Closes all sessions, logins and tokens, and gives the sessions that were open. */
    public Collection<Session> close() {
        List<Session> open = List.copyOf(sessions.values());
        open.forEach(this::close);
        tokens.values().forEach(TokenAccess::close);
        tokens.clear();
        return open;
    }
}
