// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Token;

/**
 * A session with a running operation in parts. If the engine that owns it is dropped in the middle, the operation is
 * cancelled and the session goes back to the pool.
 */
final class HeldSession {
    private final Return way;
    private final Cleaner.Cleanable cleanable;

    /** Holds a session whose operation is about to be started by {@code owner}. */
    HeldSession(Object owner, Token token, OperationKind kind) {
        this.way = new Return(token, token.borrow(), kind);
        this.cleanable = token.cleaner().register(owner, way);
    }

    Session session() {
        return way.session;
    }

    /** Gives the session back after the operation's own end. */
    void finished() {
        way.ended.set(true);
        cleanable.clean();
    }

    /** Cancels the operation and gives the session back. */
    void abandon() {
        cleanable.clean();
    }

    /** The way back, which must not refer to the owner. */
    private static final class Return implements Runnable {
        private final Token token;
        private final Session session;
        private final OperationKind kind;
        private final AtomicBoolean ended = new AtomicBoolean();

        Return(Token token, Session session, OperationKind kind) {
            this.token = token;
            this.session = session;
            this.kind = kind;
        }

        @Override
        public void run() {
            if (!ended.get()) {
                try {
                    token.crypto().cancel(session, kind);
                } catch (HsmException e) {
                    // Not started, ended by its own failure, or the session has been closed: nothing runs any more.
                    ended.set(true);
                }
            }
            token.giveBack(session);
        }
    }
}
