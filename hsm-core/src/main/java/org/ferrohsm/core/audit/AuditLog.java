// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of a store: one chain of records, whichever thread or process writes. The end of the chain is read and
 * moved inside the write transaction, so a record commits with the change it tells of or not at all.
 *
 * <p>Where a record cannot be written, every method that appends fails with DEVICE_MEMORY (the store is full) or
 * DEVICE_ERROR (it cannot be written, or the log is not as it was left), and what was to be recorded must not happen.
 */
public final class AuditLog implements AutoCloseable {
    private static final int KEY_LENGTH = 32;

    /** What is recorded even where nothing new may be begun. */
    private static final Set<String> NOT_NEW = Stream.of(
                    AuditAction.LOGIN,
                    AuditAction.LOGOUT,
                    AuditAction.KEY_USE_CLOSE,
                    AuditAction.CHECKPOINT_KEY,
                    AuditAction.ANCHOR_BACK)
            .map(AuditAction::name)
            .collect(Collectors.toUnmodifiableSet());

    private final TokenStore store;
    private final AuditSettings settings;
    private final long epochLength;
    private final long openedNanos;
    private final CommitQueue queue = new CommitQueue(this::commit);

    /** Guards what follows; taken inside write transactions, so nobody may wait for the store while holding it. */
    private final Object lock = new Object();

    /** Whether something new may be begun. */
    private volatile Admission admission = tx -> {};

    /** The end of the chain as last seen; right only while the store's head equals it. */
    private @Nullable ChainState cached;

    /** Where this run's LOG_START went; it may have been undone with its transaction until it is confirmed. */
    private long startSeq = -1;

    private boolean startConfirmed;
    private boolean closed;

    AuditLog(TokenStore store, AuditSettings settings, long epochLength) {
        this.store = store;
        this.settings = settings;
        this.epochLength = epochLength;
        this.openedNanos = settings.nanos().getAsLong();
    }

    /**
     * Opens the store's log; a store without one gets it, and the new log's verification key goes to a file in {@code
     * settings.keyFolder()}.
     */
    public static AuditLog open(TokenStore store, AuditSettings settings) {
        return open(store, settings, EpochKey.LENGTH);
    }

    static AuditLog open(TokenStore store, AuditSettings settings, long epochLength) {
        AuditLog log = new AuditLog(store, settings, epochLength);
        try {
            if (store.read(tx -> tx.entry(Scopes.STORE, AuditHead.ENTRY)).isEmpty()) {
                log.create();
            }
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
        return log;
    }

    /**
     * Appends inside the caller's transaction.
     *
     * @return the record's number
     */
    public long append(StoreWriter tx, AuditEvent event) {
        return append(tx, List.of(event));
    }

    /**
     * Appends several records, in order, inside the caller's transaction.
     *
     * @return the first one's number
     */
    public long append(StoreWriter tx, List<AuditEvent> events) {
        synchronized (lock) {
            boolean done = false;
            try {
                long first = appendLocked(tx, events);
                done = true;
                return first;
            } catch (StoreException e) {
                throw AuditFaults.of(e);
            } finally {
                if (!done) {
                    forget();
                }
            }
        }
    }

    /**
     * Appends durably in a transaction of its own, which appends of other threads may share. Not to be called inside a
     * transaction.
     *
     * @return the record's number
     */
    public long append(AuditEvent event) {
        return append(List.of(event));
    }

    /**
     * Appends several records durably, all or none, in order and next to one another. Not to be called inside a
     * transaction.
     *
     * @return the first one's number
     */
    public long append(List<AuditEvent> events) {
        return queue.append(events);
    }

    /** The log's identity. */
    public UUID id() {
        return store.read(this::withState).log();
    }

    /** The key by which MACs from the current epoch on can be checked where the first key is not at hand. */
    public VerificationKey currentKey() {
        return store.read(this::withState);
    }

    /** Refuses what is new by throwing {@link org.ferrohsm.core.fault.HsmException}. */
    @FunctionalInterface
    public interface Admission {
        void check(StoreReader tx);
    }

    /**
     * From now on nothing new is begun without {@code check}. What has happened already, refusals and what ends something are
     * recorded all the same.
     */
    public void admitBy(Admission check) {
        admission = check;
    }

    /** The log's end, its MAC checked. */
    AuditHead head(StoreReader tx) {
        synchronized (lock) {
            return current(tx).head();
        }
    }

    private VerificationKey withState(StoreReader tx) {
        synchronized (lock) {
            ChainState state = current(tx);
            return new VerificationKey(state.log(), state.key().copy());
        }
    }

    private List<Long> commit(List<List<AuditEvent>> batches) {
        List<Long> firsts;
        try {
            firsts = store.write(tx -> {
                List<Long> numbers = new ArrayList<>(batches.size());
                long next = append(tx, batches.stream().flatMap(List::stream).toList());
                for (List<AuditEvent> batch : batches) {
                    numbers.add(next);
                    next += batch.size();
                }
                return numbers;
            });
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
        synchronized (lock) {
            startConfirmed = true;
        }
        return firsts;
    }

    private long appendLocked(StoreWriter tx, List<AuditEvent> events) {
        ChainState state = current(tx);
        if (events.stream().anyMatch(AuditLog::isNew)) {
            admission.check(tx);
        }
        long epoch = state.key().epoch();
        if (!startIsWritten(tx, state)) {
            startSeq = state.count();
            state = add(tx, state, start(AuditAction.LOG_START));
        }
        long first = state.count();
        for (AuditEvent event : events) {
            state = add(tx, state, event);
        }
        if (state.key().epoch() != epoch) {
            state.saveKey(tx, settings.key(), settings.random());
        }
        state.saveHead(tx);
        return first;
    }

    private static boolean isNew(AuditEvent event) {
        return event.result().equals(AuditEvent.OK) && !NOT_NEW.contains(event.operation());
    }

    private ChainState add(StoreWriter tx, ChainState state, AuditEvent event) {
        byte[] record = new AuditRecord(
                        state.log(),
                        state.count(),
                        settings.origin().node(),
                        settings.origin().boot(),
                        settings.clock().millis(),
                        settings.nanos().getAsLong() - openedNanos,
                        event,
                        state.last())
                .encode();
        byte[] leaf = TreeHash.leaf(record);
        try {
            tx.appendAudit(new AuditRow(state.count(), record, state.key().mac(leaf)));
        } catch (StoreConflictException e) {
            throw Fault.DEVICE_ERROR.because("the audit log does not end where its head says", e);
        }
        cached = state.after(leaf, epochLength);
        return cached;
    }

    private AuditEvent start(AuditAction action) {
        return AuditEvent.of(action)
                .detail("program", settings.origin().program())
                .build();
    }

    /** The end of the chain in the store, from memory if it is still there. */
    private ChainState current(StoreReader tx) {
        if (closed) {
            throw Fault.CRYPTOKI_NOT_INITIALIZED.because("the audit log is closed");
        }
        byte[] head = tx.entry(Scopes.STORE, AuditHead.ENTRY)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("the audit log's head is missing"));
        ChainState known = cached;
        if (known == null || !known.isCurrent(head)) {
            forget();
            known = ChainState.load(tx, head, settings.key(), epochLength);
            cached = known;
        }
        return known;
    }

    private boolean startIsWritten(StoreReader tx, ChainState state) {
        if (startConfirmed) {
            return true;
        }
        if (startSeq < 0 || startSeq >= state.count()) {
            return false;
        }
        try {
            List<AuditRow> rows = tx.audit(startSeq, 1);
            return !rows.isEmpty()
                    && AuditRecord.parse(rows.get(0).record())
                            .boot()
                            .equals(settings.origin().boot());
        } catch (CborException e) {
            throw Fault.DEVICE_ERROR.because("record " + startSeq + " of the audit log is damaged", e);
        }
    }

    private void create() {
        List<Path> written = new ArrayList<>(1);
        boolean done = false;
        try {
            store.write(tx -> {
                createIn(tx, written);
                return true;
            });
            done = true;
        } finally {
            if (!done) {
                written.forEach(VerificationKey::delete);
            }
        }
    }

    private void createIn(StoreWriter tx, List<Path> written) {
        if (tx.entry(Scopes.STORE, AuditHead.ENTRY).isPresent()) {
            return;
        }
        if (tx.lastAudit().isPresent()) {
            throw Fault.DEVICE_ERROR.because("the store holds audit records and no head of their log");
        }
        byte[] id = new byte[16];
        settings.random().nextBytes(id);
        ByteBuffer halves = ByteBuffer.wrap(id);
        SecretBytes first = SecretBytes.random(KEY_LENGTH, settings.random());
        ChainState empty = ChainState.empty(new UUID(halves.getLong(), halves.getLong()), new EpochKey(0, first));
        try (VerificationKey key = new VerificationKey(empty.log(), empty.key().copy())) {
            written.add(key.write(settings.keyFolder()));
        }
        synchronized (lock) {
            startSeq = 0;
            empty.saveKey(tx, settings.key(), settings.random());
            add(tx, empty, start(AuditAction.LOG_CREATE)).saveHead(tx);
        }
    }

    /** Lets go of what is known of the chain's end, so that it is read again. */
    private void forget() {
        if (cached != null) {
            cached.close();
            cached = null;
        }
    }

    /** Wipes the key in memory; what is stored stays. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            forget();
        }
    }
}
