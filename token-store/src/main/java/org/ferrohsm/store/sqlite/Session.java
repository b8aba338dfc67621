// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, used by one thread at a time. After a failure inside a transaction it
 * repeats that failure to everything but {@link #rollback}: SQLite may have undone the transaction by itself, and what
 * came next would no longer belong to it.
 */
final class Session implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean inTransaction;
    private @Nullable StoreException failure;

    Session(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Makes a value of the current row, or of the rows to come. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** The first row, if there is one. Parameters are byte[], UUID, String, Integer, Long or null. */
    <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return query(sql, row -> row.next() ? Optional.of(mapper.map(row)) : Optional.empty(), parameters);
    }

    /** All rows, in order. */
    <T> List<T> all(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return query(
                sql,
                row -> {
                    List<T> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(mapper.map(row));
                    }
                    return found;
                },
                parameters);
    }

    /** The value of a statement that always has one. */
    <T> T value(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return first(sql, mapper, parameters)
                .orElseThrow(() -> fail(new StoreException(
                        StoreException.Kind.DAMAGED,
                        "The store " + file + " is damaged; restore it from a backup (no row for " + sql + ")",
                        null)));
    }

    /** Changes rows and tells how many. */
    int update(String sql, @Nullable Object... parameters) {
        try {
            return tryUpdate(sql, parameters);
        } catch (SQLException e) {
            throw fail(SqliteFaults.of(file, e));
        }
    }

    /**
     * Adds a row.
     *
     * @throws StoreConflictException with {@code conflict} if the schema does not allow it
     */
    void insert(String conflict, String sql, @Nullable Object... parameters) {
        try {
            tryUpdate(sql, parameters);
        } catch (SQLException e) {
            throw SqliteFaults.isConstraint(e) ? conflict(conflict) : fail(SqliteFaults.of(file, e));
        }
    }

    /** Makes the conflict that ends this transaction. */
    StoreConflictException conflict(String message) {
        StoreConflictException conflict = new StoreConflictException(message);
        fail(conflict);
        return conflict;
    }

    void begin(String sql) {
        update(sql);
        inTransaction = true;
    }

    void commit() {
        update("COMMIT");
        inTransaction = false;
    }

    /** The failure that this transaction can no longer get over, if there was one. */
    @Nullable
    StoreException failure() {
        return failure;
    }

    /** Ends the transaction; false if that was not possible and the session must be thrown away. */
    boolean rollback() {
        failure = null;
        try {
            tryUpdate("ROLLBACK");
            inTransaction = false;
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes the connection and with it its statements; an open transaction is undone. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFaults.of(file, e);
        }
    }

    private <T> T query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        refuseAfterFailure();
        try {
            PreparedStatement statement = bind(sql, parameters);
            T result;
            try (ResultSet rows = statement.executeQuery()) {
                result = mapper.map(rows);
            }
            statement.clearParameters();
            return result;
        } catch (SQLException e) {
            forget(sql, e);
            throw fail(SqliteFaults.of(file, e));
        }
    }

    private int tryUpdate(String sql, @Nullable Object... parameters) throws SQLException {
        refuseAfterFailure();
        try {
            PreparedStatement statement = bind(sql, parameters);
            int count = 0;
            if (statement.execute()) {
                // A pragma that answers; its row is of no interest, but an open cursor would hold the transaction.
                statement.getResultSet().close();
            } else {
                count = statement.getUpdateCount();
            }
            statement.clearParameters();
            return count;
        } catch (SQLException e) {
            forget(sql, e);
            throw e;
        }
    }

    /** Drops a statement that failed: the driver may have ended it. */
    private void forget(String sql, SQLException failure) {
        PreparedStatement statement = statements.remove(sql);
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            statement.setObject(i + 1, parameter instanceof UUID id ? bytes(id) : parameter);
        }
        return statement;
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private StoreException fail(StoreException e) {
        if (inTransaction) {
            failure = e;
        }
        return e;
    }

    static UUID uuid(ResultSet row, int column) throws SQLException {
        ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
