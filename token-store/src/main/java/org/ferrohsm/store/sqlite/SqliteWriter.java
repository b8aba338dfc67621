// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.util.OptionalLong;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.support.Rows;
import org.jspecify.annotations.Nullable;

/** The changes of one transaction. */
final class SqliteWriter extends SqliteReader implements StoreWriter {
    private static final String INSERT_OBJECT = "INSERT INTO object (token, id, version, private, sealed, "
            + ObjectColumns.NAMES + ") VALUES ((SELECT number FROM token WHERE id = ?1), ?2, ?3, ?4, ?5, "
            + ObjectColumns.placeholders(6) + ")";
    private static final String UPDATE_OBJECT = "UPDATE object SET version = ?1, private = ?2, sealed = ?3, ("
            + ObjectColumns.NAMES + ") = (" + ObjectColumns.placeholders(7)
            + ") WHERE token = (SELECT number FROM token WHERE id = ?4) AND id = ?5 AND version = ?6";

    private boolean changed;

    SqliteWriter(Session session) {
        super(session);
    }

    /** Whether there is anything to commit. */
    boolean hasChanged() {
        return changed;
    }

    @Override
    public void putEntry(UUID scope, String name, byte[] value) {
        update("""
                INSERT INTO entry (scope, name, value) VALUES (?, ?, ?)
                ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value""", scope, name, value);
    }

    @Override
    public void removeEntry(UUID scope, String name) {
        update("DELETE FROM entry WHERE scope = ? AND name = ?", scope, name);
    }

    @Override
    public void insertToken(TokenRow row) {
        Rows.check(row);
        insert(
                "The id of token " + row.id() + " or its slot " + row.slot() + " is taken.",
                "INSERT INTO token (id, slot, sealed) VALUES (?, ?, ?)",
                row.id(),
                row.slot(),
                row.sealed());
    }

    @Override
    public void updateToken(TokenRow row) {
        Rows.check(row);
        if (update("UPDATE token SET sealed = ? WHERE id = ? AND slot = ?", row.sealed(), row.id(), row.slot()) == 0) {
            throw conflict("There is no token " + row.id() + " in slot " + row.slot() + ".");
        }
    }

    @Override
    public void deleteToken(UUID token) {
        update("DELETE FROM entry WHERE scope = (SELECT id FROM token WHERE id = ?)", token);
        update("DELETE FROM token WHERE id = ?", token);
    }

    @Override
    public void insertObject(ObjectRow row) {
        Rows.check(row, 1);
        insert(
                "Object " + row.id() + " exists or there is no token " + row.token() + ".",
                INSERT_OBJECT,
                ObjectColumns.withValues(
                        row.indexes(), row.token(), row.id(), row.version(), row.isPrivate() ? 1 : 0, row.sealed()));
    }

    @Override
    public void updateObject(ObjectRow row) {
        Rows.check(row, 2);
        int updated = update(
                UPDATE_OBJECT,
                ObjectColumns.withValues(
                        row.indexes(),
                        row.version(),
                        row.isPrivate() ? 1 : 0,
                        row.sealed(),
                        row.token(),
                        row.id(),
                        row.version() - 1));
        if (updated == 0) {
            throw conflict("There is no object " + row.id() + " of version " + (row.version() - 1) + ".");
        }
    }

    @Override
    public boolean deleteObject(UUID token, UUID object) {
        return update(
                        "DELETE FROM object WHERE token = (SELECT number FROM token WHERE id = ?) AND id = ?",
                        token,
                        object)
                > 0;
    }

    @Override
    public void deleteObjects(UUID token) {
        update("DELETE FROM object WHERE token = (SELECT number FROM token WHERE id = ?)", token);
    }

    @Override
    public void appendAudit(AuditRow row) {
        Rows.check(row);
        OptionalLong last = lastAudit();
        long next = last.isPresent() ? last.getAsLong() + 1 : 0;
        if (row.seq() != next) {
            throw conflict("The next audit record is number " + next + ", not " + row.seq() + ".");
        }
        update("INSERT INTO audit (seq, record, mac) VALUES (?, ?, ?)", row.seq(), row.record(), row.mac());
    }

    private int update(String sql, @Nullable Object... parameters) {
        int count = session().update(sql, parameters);
        changed |= count > 0;
        return count;
    }

    private void insert(String conflict, String sql, @Nullable Object... parameters) {
        session().insert(conflict, sql, parameters);
        changed = true;
    }

    private StoreConflictException conflict(String message) {
        return session().conflict(message);
    }
}
