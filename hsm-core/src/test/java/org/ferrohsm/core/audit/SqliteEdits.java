// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.ferrohsm.store.api.AuditRow;

/** Changes rows behind the store's back. */
final class SqliteEdits {
    private SqliteEdits() {}

    static void replace(Path file, AuditRow row) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE audit SET record = ?, mac = ? WHERE seq = ?")) {
            update.setBytes(1, row.record());
            update.setBytes(2, row.mac());
            update.setLong(3, row.seq());
            assertEquals(1, update.executeUpdate());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
