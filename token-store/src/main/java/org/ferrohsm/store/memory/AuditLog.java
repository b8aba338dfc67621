// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/**
 * The first {@code size} records of an array that its successors share: appending writes only beyond every committed size, and
 * only the one writer of the store appends.
 */
record AuditLog(@Nullable AuditRow[] rows, int size) {
    static final AuditLog EMPTY = new AuditLog(new AuditRow[0], 0);

    AuditLog append(AuditRow row) {
        @Nullable AuditRow[] grown = size < rows.length ? rows : Arrays.copyOf(rows, Math.max(16, 2 * size));
        grown[size] = row;
        return new AuditLog(grown, size + 1);
    }

    List<@Nullable AuditRow> page(long from, int limit) {
        int start = (int) Math.min(from, size);
        int end = (int) Math.min((long) start + limit, size);
        return Arrays.asList(rows).subList(start, end);
    }
}
