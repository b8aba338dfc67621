// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Function;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of a store, page by page, while others may go on writing: the end is read in the same snapshot that has no
 * further record.
 */
public final class StoreSource implements AuditSource {
    private static final int PAGE = 1000;

    private final TokenStore store;
    private final @Nullable Function<StoreReader, Map<UUID, byte[]>> stateRoots;
    private final @Nullable UUID claimedLog;
    private final @Nullable String checkpoint;
    private final Queue<AuditRow> page = new ArrayDeque<>(PAGE);
    private long nextSeq;
    private @Nullable End end;

    /**
     * The records of {@code store}, which stays the caller's.
     *
     * @param stateRoots each token's state root, null where they are not to be compared
     */
    public StoreSource(TokenStore store, @Nullable Function<StoreReader, Map<UUID, byte[]>> stateRoots) {
        this(store, stateRoots, 0);
    }

    /** The same from record {@code from} on. */
    public StoreSource(TokenStore store, @Nullable Function<StoreReader, Map<UUID, byte[]>> stateRoots, long from) {
        this.nextSeq = from;
        this.store = store;
        this.stateRoots = stateRoots;
        this.claimedLog = store.read(tx ->
                tx.entry(Scopes.STORE, AuditHead.ENTRY).map(StoreSource::log).orElse(null));
        this.checkpoint = store.read(tx -> tx.entry(Scopes.STORE, Checkpoints.ENTRY)
                .map(bytes -> new String(bytes, UTF_8))
                .orElse(null));
    }

    @Override
    public @Nullable UUID claimedLog() {
        return claimedLog;
    }

    @Override
    public @Nullable String checkpoint() {
        return checkpoint;
    }

    @Override
    public @Nullable AuditRow next() {
        if (page.isEmpty() && end == null) {
            store.read(tx -> {
                page.addAll(tx.audit(nextSeq, PAGE));
                if (page.isEmpty()) {
                    end = new End(
                            tx.entry(Scopes.STORE, AuditHead.ENTRY).orElse(null),
                            stateRoots == null ? null : stateRoots.apply(tx));
                }
                return true;
            });
        }
        AuditRow row = page.poll();
        if (row != null) {
            nextSeq = row.seq() + 1;
        }
        return row;
    }

    @Override
    public End end() {
        if (end == null) {
            throw new IllegalStateException("there are records still to be read");
        }
        return end;
    }

    /** Nothing is held between pages. */
    @Override
    public void close() {
        page.clear();
    }

    private static @Nullable UUID log(byte[] head) {
        try {
            return AuditHead.parse(head).log();
        } catch (CborException e) {
            return null;
        }
    }
}
