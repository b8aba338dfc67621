// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** The database file: makes it, and opens connections that are set up and have been checked. */
final class Database {
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    /** Enough for the upper levels of every index of a million objects, small enough for a dozen readers. */
    private static final int READER_CACHE_KIB = 16_384;

    /** What {@code PRAGMA synchronous} answers for FULL. */
    private static final int FULL = 2;

    /** Each connection is used by one thread at a time: SQLite need not lock it again. */
    private static final int NO_MUTEX = 0x8000;

    private final Path file;

    private Database(Path file) {
        this.file = file;
    }

    /** The database at {@code path}, made if there is none. */
    static Database at(Path path) {
        Path file = path.toAbsolutePath();
        try {
            if (Files.notExists(file)) {
                StoreFiles.makeFolder(file);
                create(file);
            }
            // Beside the real file is where SQLite puts its own companions.
            Path real = file.toRealPath();
            StoreFiles.check(real);
            return new Database(real);
        } catch (IOException e) {
            throw SqliteFaults.of(file, e);
        }
    }

    Path file() {
        return file;
    }

    /** The connection that changes rows. */
    Session openWriter() {
        Session session = open(file, BUSY_TIMEOUT_MILLIS, "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON");
        check(session);
        return session;
    }

    /** A connection that only reads. */
    Session openReader() {
        return open(file, BUSY_TIMEOUT_MILLIS, "PRAGMA query_only = ON", "PRAGMA cache_size = -" + READER_CACHE_KIB);
    }

    /**
     * A connection that nobody else in any process has beside it.
     *
     * @throws StoreException of kind BUSY if others hold theirs for longer than {@code waitMillis}
     */
    Session openAlone(int waitMillis) {
        return open(file, waitMillis, "PRAGMA locking_mode = EXCLUSIVE");
    }

    /** Builds the whole database under another name, so that no process ever sees a part of it. */
    private static void create(Path file) throws IOException {
        Path fresh = StoreFiles.createAside(file);
        try {
            try (Session session = open(fresh, BUSY_TIMEOUT_MILLIS)) {
                session.begin("BEGIN IMMEDIATE");
                Schema.TABLES.forEach(session::update);
                session.commit();
                session.value("PRAGMA journal_mode = WAL", row -> row.getString(1));
            }
            StoreFiles.publish(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Session open(Path file, int busyTimeoutMillis, String... pragmas) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyTimeoutMillis);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Properties properties = config.toProperties();
        properties.setProperty(
                SQLiteConfig.Pragma.OPEN_MODE.pragmaName, Integer.toString(config.getOpenModeFlags() | NO_MUTEX));
        Session session;
        try {
            // As a file: URI, because the driver cuts anything else at a question mark.
            Connection connection = JDBC.createConnection(JDBC.PREFIX + file.toUri(), properties);
            session = new Session(file, connection);
        } catch (SQLException e) {
            throw SqliteFaults.of(file, e);
        }
        try {
            session.update("PRAGMA trusted_schema = OFF");
            session.update("PRAGMA synchronous = FULL");
            for (String pragma : pragmas) {
                session.update(pragma);
            }
            return session;
        } catch (StoreException e) {
            session.close();
            throw e;
        }
    }

    private void check(Session session) {
        try {
            int application = session.value("PRAGMA application_id", row -> row.getInt(1));
            int version = session.value("PRAGMA user_version", row -> row.getInt(1));
            if (application != Schema.APPLICATION_ID) {
                throw new StoreException(
                        Kind.DAMAGED, "The file " + file + " is another program's database; name another path", null);
            }
            if (version > Schema.VERSION) {
                throw new StoreException(
                        Kind.INACCESSIBLE,
                        "The store " + file + " was written by a newer FerroHSM (schema " + version
                                + ", this one knows " + Schema.VERSION + "); use that version or a newer one",
                        null);
            }
            String journal = session.value("PRAGMA journal_mode = WAL", row -> row.getString(1));
            int synchronous = session.value("PRAGMA synchronous", row -> row.getInt(1));
            if (!journal.equals("wal") || synchronous != FULL) {
                throw new StoreException(
                        Kind.INACCESSIBLE,
                        "The store " + file + " cannot be kept durable (journal_mode " + journal + ", synchronous "
                                + synchronous + " instead of wal, " + FULL + "); move it to a local volume",
                        null);
            }
        } catch (StoreException e) {
            session.close();
            throw e;
        }
    }
}
