// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.util.List;

/** The tables. A change of them is a new version with a step from the one before. */
final class Schema {
    /** {@code FHSM}: marks the file as ours. */
    static final int APPLICATION_ID = 0x4648534D;

    static final int VERSION = 1;

    /**
     * Objects and audit records are found by integer keys; positions grow and are never used again. The index columns are
     * null in objects that have no such attribute, and each index leaves those out: its order is column, then position, so a
     * page is read from it without sorting.
     */
    static final List<String> TABLES = List.of(
            """
            CREATE TABLE state (
              one INTEGER PRIMARY KEY CHECK (one = 1),
              revision INTEGER NOT NULL,
              bell INTEGER
            ) STRICT
            """,
            "INSERT INTO state (one, revision, bell) VALUES (1, 0, NULL)",
            """
            CREATE TABLE entry (
              scope BLOB NOT NULL CHECK (length(scope) = 16),
              name TEXT NOT NULL,
              value BLOB NOT NULL,
              PRIMARY KEY (scope, name)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE token (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
              slot INTEGER NOT NULL UNIQUE CHECK (slot BETWEEN 0 AND 2147483647),
              sealed BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE object (
              position INTEGER PRIMARY KEY AUTOINCREMENT,
              token INTEGER NOT NULL REFERENCES token (number) ON DELETE CASCADE,
              id BLOB NOT NULL CHECK (length(id) = 16),
              version INTEGER NOT NULL CHECK (version > 0),
              private INTEGER NOT NULL CHECK (private IN (0, 1)),
              object_class BLOB,
              key_type BLOB,
              label BLOB,
              key_id BLOB,
              subject BLOB,
              sealed BLOB NOT NULL,
              UNIQUE (token, id)
            ) STRICT
            """,
            "CREATE INDEX object_by_token ON object (token)",
            "CREATE INDEX object_by_class ON object (token, object_class) WHERE object_class IS NOT NULL",
            "CREATE INDEX object_by_key_type ON object (token, key_type) WHERE key_type IS NOT NULL",
            "CREATE INDEX object_by_label ON object (token, label) WHERE label IS NOT NULL",
            "CREATE INDEX object_by_key_id ON object (token, key_id) WHERE key_id IS NOT NULL",
            "CREATE INDEX object_by_subject ON object (token, subject) WHERE subject IS NOT NULL",
            """
            CREATE TABLE audit (
              seq INTEGER PRIMARY KEY CHECK (seq >= 0),
              record BLOB NOT NULL,
              mac BLOB NOT NULL
            ) STRICT
            """,
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + VERSION);

    private Schema() {}
}
