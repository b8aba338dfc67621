// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/**
 * Makes checkpoints: signed statements of how many records the log has and what they are. Each record is hashed for them
 * once, when the first checkpoint that covers it is made; that it follows the one before it, up to the log's head, is
 * checked on the way. Any process may make the next one.
 *
 * <p>Methods throw {@link org.ferrohsm.core.fault.HsmException}: DEVICE_MEMORY or DEVICE_ERROR where the store cannot be
 * written or the log is not as it was left.
 */
public final class Checkpoints {
    /** The name of the newest checkpoint among the store's own entries. */
    static final String ENTRY = "audit.checkpoint";

    /** So many records may follow a checkpoint before the next is due. */
    static final long MAX_RECORDS = 4096;

    /** So long may a record wait for its checkpoint. */
    static final long MAX_MILLIS = 60_000;

    private static final int PAGE = 512;

    private final TokenStore store;
    private final AuditLog log;
    private final AuditSettings settings;
    private final Engines engines;
    private final Listener listener;

    /** Is told of each new checkpoint, in the transaction that saves it. */
    @FunctionalInterface
    public interface Listener {
        void made(StoreWriter tx, SignedNote checkpoint);
    }

    /** For {@code log} in {@code store}; all stay the caller's. */
    public Checkpoints(TokenStore store, AuditLog log, AuditSettings settings, Engines engines, Listener listener) {
        this.store = store;
        this.log = log;
        this.settings = settings;
        this.engines = engines;
        this.listener = listener;
    }

    /** The newest checkpoint. */
    public Optional<SignedNote> latest() {
        return read(Checkpoints::stored);
    }

    static Optional<SignedNote> stored(StoreReader tx) {
        return tx.entry(Scopes.STORE, ENTRY).map(bytes -> {
            try {
                return SignedNote.parse(new String(bytes, UTF_8));
            } catch (NoteException e) {
                throw Fault.DEVICE_ERROR.because("the audit log's checkpoint is damaged", e);
            }
        });
    }

    /** The keys by which checkpoints are verified; empty before the first one. */
    public List<NoteKey> publicKeys() {
        return read(tx -> CheckpointKeys.load(tx, log.head(tx).log(), settings.key(), engines))
                .map(CheckpointKeys::publicKeys)
                .orElseGet(List::of);
    }

    /** Whether 4096 records or 60 seconds have gone by since the last checkpoint, and there is something new. */
    public boolean isDue() {
        return read(tx -> {
            AuditHead head = log.head(tx);
            TreeState state = TreeState.load(tx, head.log(), settings.key());
            if (head.count() <= state.size()) {
                return false;
            }
            long since = state.size() == 0 ? firstMillis(tx) : state.madeMillis();
            return head.count() - state.size() >= MAX_RECORDS
                    || Math.abs(settings.clock().millis() - since) >= MAX_MILLIS;
        });
    }

    /** Makes a checkpoint of all records that there are; the newest one again if none has been added since. */
    public SignedNote make() {
        try {
            UUID id = log.id();
            TreeState state = store.read(tx -> TreeState.load(tx, id, settings.key()));
            CheckpointKeys keys = store.read(tx -> CheckpointKeys.load(tx, id, settings.key(), engines))
                    .orElseGet(() -> CheckpointKeys.generate(engines, id));
            catchUp(state);
            return store.write(tx -> finish(tx, id, state, keys));
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
    }

    /** All but the last few records, so that writers need not wait meanwhile. */
    private void catchUp(TreeState state) {
        List<AuditRow> page = store.read(tx -> tx.audit(state.size(), PAGE));
        while (page.size() == PAGE) {
            state.add(page);
            page = store.read(tx -> tx.audit(state.size(), PAGE));
        }
    }

    private SignedNote finish(StoreWriter tx, UUID id, TreeState state, CheckpointKeys prepared) {
        CheckpointKeys keys = CheckpointKeys.load(tx, id, settings.key(), engines)
                .orElseGet(() -> {
                    prepared.save(tx, id, settings.key(), settings.random());
                    log.append(tx, prepared.event());
                    return prepared;
                });
        AuditHead head = log.head(tx);
        TreeState stored = TreeState.load(tx, id, settings.key());
        if (stored.size() > head.count()) {
            throw Fault.DEVICE_ERROR.because("the audit log has " + head.count() + " records and a checkpoint of "
                    + stored.size() + ": an old one has been put back");
        }
        Optional<SignedNote> latest = stored(tx);
        if (stored.size() == head.count() && latest.isPresent()) {
            return latest.get();
        }
        List<AuditRow> page = tx.audit(state.size(), PAGE);
        while (!page.isEmpty()) {
            state.add(page);
            page = tx.audit(state.size(), PAGE);
        }
        if (state.size() != head.count() || !Arrays.equals(state.last(), head.last())) {
            throw Fault.DEVICE_ERROR.because("the audit log's records do not lead to its head: verify the log");
        }
        long now = settings.clock().millis();
        SignedNote note = keys.sign(state.size(), state.frontier().root(), now / 1000);
        tx.putEntry(Scopes.STORE, ENTRY, note.format().getBytes(UTF_8));
        state.save(tx, id, now, settings.key(), settings.random());
        listener.made(tx, note);
        return note;
    }

    private static long firstMillis(StoreReader tx) {
        try {
            return AuditRecord.parse(tx.audit(0, 1).get(0).record()).wallMillis();
        } catch (CborException | IndexOutOfBoundsException e) {
            throw Fault.DEVICE_ERROR.because("the audit log's first record is damaged", e);
        }
    }

    private <T> T read(Function<? super StoreReader, T> work) {
        try {
            return store.read(work);
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
    }
}
