// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.support.Rows;
import org.jspecify.annotations.Nullable;

/** The reads of one transaction. */
class SqliteReader implements StoreReader {
    private static final String SELECT_OBJECT = "SELECT version, private, sealed, " + ObjectColumns.NAMES
            + " FROM object WHERE token = (SELECT number FROM token WHERE id = ?) AND id = ?";

    private @Nullable Session session;

    SqliteReader(Session session) {
        this.session = session;
    }

    /** Refuses every use from now on: the session goes on to serve others. */
    final void end() {
        session = null;
    }

    final Session session() {
        if (session == null) {
            throw new IllegalStateException("The transaction of this reader or writer has ended.");
        }
        return session;
    }

    @Override
    public Optional<byte[]> entry(UUID scope, String name) {
        return session()
                .first("SELECT value FROM entry WHERE scope = ? AND name = ?", row -> row.getBytes(1), scope, name);
    }

    @Override
    public List<TokenRow> tokens() {
        return session().all("SELECT id, slot, sealed FROM token ORDER BY slot", SqliteReader::tokenRow);
    }

    @Override
    public Optional<TokenRow> token(UUID token) {
        return session().first("SELECT id, slot, sealed FROM token WHERE id = ?", SqliteReader::tokenRow, token);
    }

    @Override
    public Optional<ObjectRow> object(UUID token, UUID object) {
        return session().first(SELECT_OBJECT, row -> objectRow(row, token, object), token, object);
    }

    @Override
    public OptionalLong objectVersion(UUID token, UUID object) {
        return optionalLong(session().first("""
                        SELECT version FROM object
                        WHERE token = (SELECT number FROM token WHERE id = ?) AND id = ?""", row -> row.getLong(1), token, object));
    }

    @Override
    public List<ObjectPosition> findObjects(UUID token, Map<IndexColumn, byte[]> equals, long after, int limit) {
        Rows.checkPage(after, limit);
        return session()
                .all(
                        ObjectColumns.select(equals.keySet()),
                        row -> new ObjectPosition(
                                row.getLong(1), Session.uuid(row, 2), row.getLong(3), row.getInt(4) != 0),
                        ObjectColumns.selectParameters(token, equals, after, limit));
    }

    @Override
    public long countObjects(UUID token) {
        return session().value("""
                        SELECT count(*) FROM object INDEXED BY object_by_token
                        WHERE token = (SELECT number FROM token WHERE id = ?)""", row -> row.getLong(1), token);
    }

    @Override
    public OptionalLong lastAudit() {
        return optionalLong(session().first("SELECT seq FROM audit ORDER BY seq DESC LIMIT 1", row -> row.getLong(1)));
    }

    @Override
    public List<AuditRow> audit(long fromSeq, int limit) {
        Rows.checkPage(fromSeq, limit);
        return session()
                .all(
                        "SELECT seq, record, mac FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?",
                        row -> new AuditRow(row.getLong(1), row.getBytes(2), row.getBytes(3)),
                        fromSeq,
                        limit);
    }

    private static TokenRow tokenRow(ResultSet row) throws SQLException {
        return new TokenRow(Session.uuid(row, 1), row.getInt(2), row.getBytes(3));
    }

    private static ObjectRow objectRow(ResultSet row, UUID token, UUID object) throws SQLException {
        return new ObjectRow(
                token, object, row.getLong(1), row.getInt(2) != 0, row.getBytes(3), ObjectColumns.read(row, 4));
    }

    private static OptionalLong optionalLong(Optional<Long> value) {
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }
}
