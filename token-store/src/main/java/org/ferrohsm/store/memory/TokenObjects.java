// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.store.api.ObjectRow;
import org.jspecify.annotations.Nullable;

/** The objects of one token, by id and in the order of their positions. */
final class TokenObjects {
    private final Map<UUID, Long> positions;
    private final TreeMap<Long, ObjectRow> rows;

    TokenObjects() {
        positions = new HashMap<>();
        rows = new TreeMap<>();
    }

    /** A copy that may be changed. */
    TokenObjects(TokenObjects other) {
        positions = new HashMap<>(other.positions);
        rows = new TreeMap<>(other.rows);
    }

    @Nullable
    ObjectRow get(UUID id) {
        Long position = positions.get(id);
        return position == null ? null : rows.get(position);
    }

    void add(long position, ObjectRow row) {
        positions.put(row.id(), position);
        rows.put(position, row);
    }

    /** Puts {@code row} in the place of the one of the same id; false if there is none. */
    boolean replace(ObjectRow row) {
        Long position = positions.get(row.id());
        return position != null && rows.replace(position, row) != null;
    }

    boolean remove(UUID id) {
        Long position = positions.remove(id);
        return position != null && rows.remove(position) != null;
    }

    int size() {
        return rows.size();
    }

    Map<Long, ObjectRow> after(long position) {
        return rows.tailMap(position, false);
    }
}
