// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.jspecify.annotations.Nullable;

/** Each token is in the state that the last record about it tells of. */
final class StateRootCheck {
    private record Logged(long seq, byte[] root) {}

    /** How many of the latest states are remembered, to tell an old store from a changed one. */
    private static final int MAX_EARLIER = 65_536;

    private final Map<UUID, Logged> last = new HashMap<>();
    private final Map<ByteBuffer, Long> earlier = new RecentMap<>(MAX_EARLIER, (root, seq) -> {});

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
            earlier.put(ByteBuffer.wrap(root), record.seq());
        }
    }

    /** Compares with the store's roots; {@code nextSeq} stands for a record that should be there and is not. */
    @Nullable
    Finding compare(Map<UUID, byte[]> stored, long nextSeq) {
        for (Map.Entry<UUID, Logged> entry : last.entrySet()) {
            Logged logged = entry.getValue();
            byte[] root = stored.get(entry.getKey());
            Long seq = root == null ? null : earlier.get(ByteBuffer.wrap(root));
            if (seq != null && seq < logged.seq) {
                return new Finding(
                        Damage.STORE_ROLLED_BACK,
                        logged.seq,
                        "token " + entry.getKey() + " is in the state that record " + seq + " tells of");
            }
            if (!Arrays.equals(logged.root, root)) {
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
