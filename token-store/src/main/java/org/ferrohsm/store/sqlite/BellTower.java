// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;

/**
 * Finds the database's {@link RevisionBell}, and hangs one where there is none. The database names its bell by an id. As long
 * as it names none, no process can have mapped one, and the first that holds the write lock makes it. When the named one is
 * missing or damaged, others may still listen to a file that has no name any more and would not hear a new one: it is
 * replaced only while this process is alone with the database.
 */
final class BellTower {
    private static final int WAIT_FOR_OTHERS_MILLIS = 2_000;
    private static final long NONE = 0;

    private final Database database;
    private final Path file;

    BellTower(Database database) {
        this.database = database;
        this.file = database.file().resolveSibling(database.file().getFileName() + "-rev");
    }

    /** The bell of the database that {@code session} writes; empty if it must be replaced. */
    Optional<RevisionBell> find(Session session) {
        try {
            long id = named(session);
            return RevisionBell.map(file, id == NONE ? hangFirst(session) : id);
        } catch (IOException e) {
            throw SqliteFaults.of(file, e);
        }
    }

    /** Replaces a lost bell; no session of this process may be open. */
    void replace() {
        try (Session session = database.openAlone(WAIT_FOR_OTHERS_MILLIS)) {
            session.begin("BEGIN IMMEDIATE");
            hang(session);
            session.commit();
        } catch (StoreException e) {
            if (e.kind() != Kind.BUSY) {
                throw e;
            }
            throw new StoreException(
                    Kind.BUSY,
                    "The file " + file + " is lost and other processes still use the store; end them and try again",
                    e);
        } catch (IOException e) {
            throw SqliteFaults.of(file, e);
        }
    }

    private long hangFirst(Session session) throws IOException {
        session.begin("BEGIN IMMEDIATE");
        long id = NONE;
        try {
            id = named(session);
            if (id == NONE) {
                id = hang(session);
            }
            session.commit();
            return id;
        } catch (RuntimeException | IOException e) {
            session.rollback();
            throw e;
        }
    }

    private long hang(Session session) throws IOException {
        long id = UUID.randomUUID().getMostSignificantBits();
        long revision = session.value(
                "UPDATE state SET revision = revision + 1, bell = ? RETURNING revision", row -> row.getLong(1), id);
        RevisionBell.create(file, id, revision, Files.getPosixFilePermissions(database.file()));
        return id;
    }

    private static long named(Session session) {
        return session.value("SELECT coalesce(bell, 0) FROM state", row -> row.getLong(1));
    }
}
