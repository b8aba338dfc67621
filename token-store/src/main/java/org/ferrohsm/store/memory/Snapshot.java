// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.Map;
import java.util.UUID;
import org.ferrohsm.store.api.TokenRow;

/**
 * Everything that one commit left behind. Nothing in it is changed afterwards; a writer copies what it touches.
 *
 * @param revision counts the commits
 * @param lastPosition the newest position given to an object
 * @param entries by scope and name
 * @param tokens by id
 * @param objects by token
 * @param audit the audit records
 */
record Snapshot(
        long revision,
        long lastPosition,
        Map<UUID, Map<String, byte[]>> entries,
        Map<UUID, TokenRow> tokens,
        Map<UUID, TokenObjects> objects,
        AuditLog audit) {
    static final Snapshot EMPTY = new Snapshot(0, 0, Map.of(), Map.of(), Map.of(), AuditLog.EMPTY);
}
