// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.jspecify.annotations.Nullable;

/** Each token is in the state that the last record about it tells of. */
final class StateRootCheck {
    private record Logged(long seq, byte[] root) {}

    private final Map<UUID, Logged> last = new HashMap<>();

    void see(AuditRecord record) {
        AuditEvent event = record.event();
        UUID token = event.token();
        if (token == null) {
            return;
        }
        byte[] root = event.stateRoot();
        if (event.is(AuditAction.TOKEN_DESTROY) && event.result().equals(AuditEvent.OK)) {
            last.remove(token);
        } else if (root != null) {
            last.put(token, new Logged(record.seq(), root));
        }
    }

    /** Compares with the store's roots; {@code nextSeq} stands for a record that should be there and is not. */
    @Nullable
    Finding compare(Map<UUID, byte[]> stored, long nextSeq) {
        for (Map.Entry<UUID, Logged> entry : last.entrySet()) {
            Logged logged = entry.getValue();
            if (!Arrays.equals(logged.root, stored.get(entry.getKey()))) {
                return new Finding(
                        Damage.STATE_ROOT_MISMATCH,
                        logged.seq,
                        "token " + entry.getKey() + " is not in the state that this record tells of");
            }
        }
        for (UUID token : stored.keySet()) {
            if (!last.containsKey(token)) {
                return new Finding(
                        Damage.STATE_ROOT_MISMATCH, nextSeq, "no record tells of the state of token " + token);
            }
        }
        return null;
    }
}
