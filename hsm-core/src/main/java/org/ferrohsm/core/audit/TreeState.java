// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.Frontier;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.jspecify.annotations.Nullable;

/** How far the tree over the log's records has been built, so that no record has to be hashed for it a second time. */
final class TreeState {
    private static final SealedEntry ENTRY = new SealedEntry("audit.tree");

    private final Frontier frontier;
    private final long madeMillis;
    private byte[] last;

    private TreeState(Frontier frontier, byte[] last, long madeMillis) {
        this.frontier = frontier;
        this.last = last;
        this.madeMillis = madeMillis;
    }

    static TreeState empty() {
        return new TreeState(new Frontier(), new byte[TreeHash.LENGTH], Long.MIN_VALUE);
    }

    Frontier frontier() {
        return frontier;
    }

    /** How many records the tree has. */
    long size() {
        return frontier.size();
    }

    /** The last one's leaf hash. */
    byte[] last() {
        return last;
    }

    /** When the checkpoint was made that this was saved with. */
    long madeMillis() {
        return madeMillis;
    }

    /**
     * Goes on over records that follow.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if one does not follow the one before it
     */
    void add(List<AuditRow> rows) {
        for (AuditRow row : rows) {
            byte[] previous = new byte[0];
            try {
                previous = AuditRecord.parse(row.record()).previous();
            } catch (CborException e) {
                throw damaged(e);
            }
            if (row.seq() != size() || !Arrays.equals(previous, last)) {
                throw damaged(null);
            }
            last = TreeHash.leaf(row.record());
            frontier.add(last);
        }
    }

    private RuntimeException damaged(@Nullable Throwable cause) {
        String what = "record " + size() + " of the audit log is not as it was written: verify the log";
        return cause == null ? Fault.DEVICE_ERROR.because(what) : Fault.DEVICE_ERROR.because(what, cause);
    }

    void save(StoreWriter tx, UUID log, long millis, SecretBytes root, SecureRandom random) {
        RecordFields fields = new RecordFields();
        fields.put(1, 1);
        fields.put(2, size());
        fields.put(3, last);
        fields.put(4, frontier.encoded());
        fields.put(5, millis);
        ENTRY.save(tx, log, fields, root, random);
    }

    static TreeState load(StoreReader tx, UUID log, SecretBytes root) {
        return ENTRY.load(tx, log, root)
                .map(fields -> new TreeState(
                        new Frontier(fields.number(2), fields.anyBytes(4)),
                        fields.bytes(3, TreeHash.LENGTH),
                        fields.number(5)))
                .orElseGet(TreeState::empty);
    }
}
