// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.StoreReader;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record is still the last of its kind in a log: whoever keeps something beside the log learns by it that what
 * the store shows is not an earlier state put back. The records are authenticated by their chain up to the log's head.
 */
public final class AuditTail {
    private static final int PAGE = 512;

    private final AuditLog log;

    /** How far the log has been looked through for one record. */
    private record Position(long record, long next, byte[] leaf) {}

    private volatile @Nullable Position known;

    /** Of {@code log}. */
    public AuditTail(AuditLog log) {
        this.log = log;
    }

    /**
     * Whether record {@code seq} is of a kind and no later one is. What has been looked through once is not read again.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if the log's head is not as it was written
     */
    public boolean isLast(StoreReader tx, long seq, Predicate<AuditEvent> kind) {
        Position before = known;
        if (before != null && before.record == seq) {
            Position after = follow(tx, before, kind);
            if (after != null) {
                known = after;
                return true;
            }
        }
        List<AuditRow> rows = tx.audit(seq, 1);
        if (rows.isEmpty() || rows.get(0).seq() != seq || !isOf(rows.get(0), kind)) {
            return false;
        }
        Position after =
                follow(tx, new Position(seq, seq + 1, TreeHash.leaf(rows.get(0).record())), kind);
        known = after;
        return after != null;
    }

    /**
     * Whether no record of the whole log is of a kind.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if the log's head is not as it was written
     */
    public boolean hasNone(StoreReader tx, Predicate<AuditEvent> kind) {
        return follow(tx, new Position(-1, 0, new byte[TreeHash.LENGTH]), kind) != null;
    }

    /**
     * What record {@code seq} tells of.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if there is none or it is damaged
     */
    public static AuditEvent event(StoreReader tx, long seq) {
        try {
            return tx.audit(seq, 1).stream()
                    .findFirst()
                    .map(row -> AuditRecord.parse(row.record()).event())
                    .orElseThrow(() -> Fault.DEVICE_ERROR.because("the audit log has no record " + seq));
        } catch (CborException e) {
            throw Fault.DEVICE_ERROR.because("record " + seq + " of the audit log is damaged", e);
        }
    }

    /** The position at the log's end, or null if there is one of the kind on the way, or the chain does not lead there. */
    private @Nullable Position follow(StoreReader tx, Position from, Predicate<AuditEvent> kind) {
        AuditHead head = log.head(tx);
        long next = from.next;
        byte[] leaf = from.leaf;
        while (next < head.count()) {
            List<AuditRow> rows = tx.audit(next, PAGE);
            if (rows.isEmpty()) {
                return null;
            }
            for (AuditRow row : rows) {
                if (row.seq() != next || !follows(row, leaf) || isOf(row, kind)) {
                    return null;
                }
                leaf = TreeHash.leaf(row.record());
                next++;
            }
        }
        return next == head.count() && Arrays.equals(leaf, head.last()) ? new Position(from.record, next, leaf) : null;
    }

    private static boolean follows(AuditRow row, byte[] leaf) {
        try {
            return Arrays.equals(AuditRecord.parse(row.record()).previous(), leaf);
        } catch (CborException e) {
            return false;
        }
    }

    private static boolean isOf(AuditRow row, Predicate<AuditEvent> kind) {
        try {
            return kind.test(AuditRecord.parse(row.record()).event());
        } catch (CborException e) {
            return false;
        }
    }
}
