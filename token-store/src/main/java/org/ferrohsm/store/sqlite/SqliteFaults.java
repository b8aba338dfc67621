// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;
import org.sqlite.SQLiteErrorCode;

/** Turns what SQLite and the file system report into the store's exceptions, naming the file and what to do. */
final class SqliteFaults {
    private SqliteFaults() {}

    static StoreException of(Path file, SQLException fault) {
        Kind kind = kind(fault.getErrorCode());
        return new StoreException(kind, sentence(kind, file) + " (" + detail(fault) + ")", fault);
    }

    static StoreException of(Path file, IOException fault) {
        return new StoreException(Kind.INACCESSIBLE, sentence(Kind.INACCESSIBLE, file) + " (" + fault + ")", fault);
    }

    /** True where a row broke one of the schema's rules. */
    static boolean isConstraint(SQLException fault) {
        return primary(fault.getErrorCode()) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    private static Kind kind(int code) {
        if (code == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS.code
                || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code) {
            return Kind.DAMAGED;
        }
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(primary(code));
        return switch (primary) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_ERROR, SQLITE_MISMATCH -> Kind.DAMAGED;
            case SQLITE_FULL, SQLITE_TOOBIG -> Kind.FULL;
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Kind.BUSY;
            default -> Kind.INACCESSIBLE;
        };
    }

    private static int primary(int code) {
        return code & 0xFF;
    }

    private static String sentence(Kind kind, Path file) {
        return switch (kind) {
            case DAMAGED -> "The store " + file + " is damaged; restore it from a backup";
            case FULL -> "No space is left for the store " + file + "; free some on its volume";
            case BUSY -> "Another process held the store " + file + " for too long; try again when it has finished";
            default -> "The store " + file + " cannot be read or written; check its volume, folder and permissions";
        };
    }

    private static String detail(SQLException fault) {
        Throwable cause = fault.getCause();
        return cause == null ? String.valueOf(fault.getMessage()) : fault.getMessage() + ": " + cause.getMessage();
    }
}
