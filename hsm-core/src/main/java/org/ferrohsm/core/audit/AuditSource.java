// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Map;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/** Records one after the other, and what stands at the end of them. */
public interface AuditSource extends AutoCloseable {
    /** The log that this says it holds, null if it does not say. */
    @Nullable
    UUID claimedLog();

    /** The newest checkpoint as it stands beside the log when reading begins, null if there is none. */
    @Nullable
    String checkpoint();

    /** The next row, null at the end. What cannot be read as a row is a row that is no record. */
    @Nullable
    AuditRow next();

    /** What stands at the end, once {@link #next} has given null. */
    End end();

    @Override
    void close();

    /**
     * What stands at the end of the records.
     *
     * @param head the log's head, null if there is none
     * @param stateRoots each token's state root as the store has it, null where that is not known
     */
    record End(byte @Nullable [] head, @Nullable Map<UUID, byte[]> stateRoots) {}
}
