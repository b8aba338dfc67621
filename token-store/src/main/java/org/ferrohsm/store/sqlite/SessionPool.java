// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The connections for reading: as many as there are readers at once, up to a limit, kept for the next. */
final class SessionPool implements AutoCloseable {
    private final Database database;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SessionPool(Database database, int limit) {
        this.database = database;
        this.permits = new Semaphore(limit);
    }

    /** A session for this thread, to be given back or thrown away. Waits while all are in use. */
    Session borrow() {
        permits.acquireUninterruptibly();
        try {
            Session session = idle.pollFirst();
            return session != null ? session : database.openReader();
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }

    /** Ends the use of a session that can be used again. */
    void giveBack(Session session) {
        idle.addFirst(session);
        permits.release();
        if (closed) {
            closeIdle();
        }
    }

    /** Ends the use of a session that cannot be used again. */
    void throwAway(Session session) {
        permits.release();
        session.close();
    }

    /** Closes the sessions, those in use when they are given back. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        @Nullable Session session = idle.pollFirst();
        while (session != null) {
            session.close();
            session = idle.pollFirst();
        }
    }
}
