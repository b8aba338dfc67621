// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.support.ThreadTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A store in one SQLite file with its companions {@code -wal}, {@code -shm} and {@code -rev}. One connection writes, under a lock
 * of this object and SQLite's lock between processes; readers have their own connections and wait for no writer.
 */
public final class SqliteStore implements TokenStore {
    private static final int READERS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private final Database database;
    private final RevisionBell bell;
    private final SessionPool readers;
    private final ThreadTransaction transaction = new ThreadTransaction();

    private final ReentrantLock writerLock = new ReentrantLock(true);
    private @Nullable Session writer;

    /** For {@link #revision} alone, which may be asked while all readers are in use and wait for the answer. */
    private final SessionPool askers;

    private volatile boolean closed;

    private SqliteStore(Database database, RevisionBell bell, Session writer) {
        this.database = database;
        this.bell = bell;
        this.writer = writer;
        this.readers = new SessionPool(database, READERS);
        this.askers = new SessionPool(database, 1);
    }

    /**
     * Opens the store in {@code file}, making it and its folder (for their owner alone) if there is none.
     *
     * @throws StoreException if that is not possible
     */
    public static SqliteStore open(Path file) {
        Database database = Database.at(file);
        BellTower tower = new BellTower(database);
        Session writer = database.openWriter();
        try {
            RevisionBell bell = tower.find(writer).orElse(null);
            if (bell == null) {
                writer.close();
                tower.replace();
                writer = database.openWriter();
                bell = tower.find(writer).orElseThrow(() -> lostAgain(database));
            }
            return new SqliteStore(database, bell, writer);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public long revision() {
        refuseIfClosed();
        long revision = bell.revision();
        return revision == RevisionBell.IN_DOUBT ? askRevision() : revision;
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
        StoreReader outer = transaction.current();
        if (outer != null) {
            return work.apply(outer);
        }
        refuseIfClosed();
        Session session = readers.borrow();
        boolean usable = false;
        try {
            session.begin("BEGIN");
            SqliteReader reader = new SqliteReader(session);
            try {
                return transaction.run(reader, work);
            } finally {
                reader.end();
                usable = session.rollback();
            }
        } finally {
            if (usable) {
                readers.giveBack(session);
            } else {
                readers.throwAway(session);
            }
        }
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        transaction.refuseInside("A write");
        writerLock.lock();
        try {
            refuseIfClosed();
            Session session = writer();
            session.begin("BEGIN IMMEDIATE");
            boolean ended = false;
            SqliteWriter changes = new SqliteWriter(session);
            try {
                T result = transaction.run(changes, work);
                changes.end();
                StoreException failure = session.failure();
                if (failure != null) {
                    throw failure;
                }
                if (changes.hasChanged()) {
                    commit(session);
                    ended = true;
                }
                return result;
            } finally {
                changes.end();
                if (!ended && !session.rollback()) {
                    writer = null;
                    session.close();
                }
            }
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public String location() {
        return "sqlite:" + database.file();
    }

    @Override
    public void close() {
        transaction.refuseInside("Closing the store");
        writerLock.lock();
        try {
            closed = true;
            readers.close();
            askers.close();
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } finally {
            writerLock.unlock();
        }
    }

    private void commit(Session session) {
        long revision =
                session.value("UPDATE state SET revision = revision + 1 RETURNING revision", row -> row.getLong(1));
        try {
            bell.announce(revision);
            session.commit();
        } catch (RuntimeException | Error e) {
            bell.abandon();
            throw e;
        }
        bell.settle();
    }

    private Session writer() {
        if (writer == null) {
            writer = database.openWriter();
        }
        return writer;
    }

    private long askRevision() {
        Session session = askers.borrow();
        boolean usable = false;
        try {
            long revision = session.value("SELECT revision FROM state", row -> row.getLong(1));
            usable = true;
            return revision;
        } finally {
            if (usable) {
                askers.giveBack(session);
            } else {
                askers.throwAway(session);
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StoreException(Kind.CLOSED, "The store " + location() + " has been closed", null);
        }
    }

    private static StoreException lostAgain(Database database) {
        return new StoreException(
                Kind.INACCESSIBLE,
                "The file " + database.file()
                        + "-rev is removed or overwritten as soon as it is made; see what does so",
                null);
    }
}
