// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ferrohsm.store.api.IndexColumn;
import org.jspecify.annotations.Nullable;

/** The blind index columns of the object table: how they are called, filled, read back and searched. */
final class ObjectColumns {
    /**
     * A column and the index that finds it, the most selective first. SQLite has no statistics here and would guess, so a
     * search names its index: among a million objects one id is one object, one class is half of them.
     */
    private enum Column {
        KEY_ID(IndexColumn.ID, "key_id", "object_by_key_id"),
        LABEL(IndexColumn.LABEL, "label", "object_by_label"),
        SUBJECT(IndexColumn.SUBJECT, "subject", "object_by_subject"),
        KEY_TYPE(IndexColumn.KEY_TYPE, "key_type", "object_by_key_type"),
        OBJECT_CLASS(IndexColumn.OBJECT_CLASS, "object_class", "object_by_class");

        private final IndexColumn index;
        private final String sqlName;
        private final String sqlIndex;

        Column(IndexColumn index, String sqlName, String sqlIndex) {
            this.index = index;
            this.sqlName = sqlName;
            this.sqlIndex = sqlIndex;
        }
    }

    private static final List<Column> ALL = List.of(Column.values());

    /** All columns, comma separated, in the order of every method here. */
    static final String NAMES = ALL.stream().map(column -> column.sqlName).collect(Collectors.joining(", "));

    private ObjectColumns() {}

    /** Numbered parameters for all columns, from {@code first} on. */
    static String placeholders(int first) {
        return IntStream.range(first, first + ALL.size())
                .mapToObj(number -> "?" + number)
                .collect(Collectors.joining(", "));
    }

    /** The parameters {@code before} and then a value, or null, for each column. */
    static @Nullable Object[] withValues(Map<IndexColumn, byte[]> values, Object... before) {
        @Nullable Object[] parameters = Arrays.copyOf(before, before.length + ALL.size());
        for (int i = 0; i < ALL.size(); i++) {
            parameters[before.length + i] = values.get(ALL.get(i).index);
        }
        return parameters;
    }

    /** The values of a row that has the columns from {@code first} on. */
    static Map<IndexColumn, byte[]> read(ResultSet row, int first) throws SQLException {
        Map<IndexColumn, byte[]> values = new EnumMap<>(IndexColumn.class);
        for (int i = 0; i < ALL.size(); i++) {
            byte[] value = row.getBytes(first + i);
            if (value != null) {
                values.put(ALL.get(i).index, value);
            }
        }
        return values;
    }

    /** Selects position, id, version and private of a page of objects; for {@link #selectParameters}. */
    static String select(Set<IndexColumn> given) {
        List<Column> columns = columns(given);
        StringBuilder sql = new StringBuilder("SELECT position, id, version, private FROM object INDEXED BY ")
                .append(columns.isEmpty() ? "object_by_token" : columns.get(0).sqlIndex)
                .append(" WHERE token = (SELECT number FROM token WHERE id = ?)");
        for (Column column : columns) {
            sql.append(" AND ").append(column.sqlName).append(" = ?");
        }
        return sql.append(" AND position > ? ORDER BY position LIMIT ?").toString();
    }

    static Object[] selectParameters(UUID token, Map<IndexColumn, byte[]> equals, long after, int limit) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(token);
        for (Column column : columns(equals.keySet())) {
            parameters.add(equals.get(column.index));
        }
        parameters.add(after);
        parameters.add(limit);
        return parameters.toArray();
    }

    private static List<Column> columns(Set<IndexColumn> given) {
        List<Column> columns = new ArrayList<>(given.size());
        for (Column column : ALL) {
            if (given.contains(column.index)) {
                columns.add(column);
            }
        }
        return columns;
    }
}
