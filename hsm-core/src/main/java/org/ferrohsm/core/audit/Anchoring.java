// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.Frontier;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.core.tlog.TreeProof;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Takes checkpoints to the anchors. Each has a spool of what it does not have yet; when it cannot be reached the log has a
 * record of that, and another when it is back. Several processes may do this at once: an anchor takes a checkpoint twice.
 */
public final class Anchoring implements Checkpoints.Listener {
    /** How an anchor that cannot be reached is treated. */
    public enum WhenAway {
        /** Work goes on; when the spool is full the oldest checkpoint in it makes room. */
        CONTINUE,
        /** When the spool is full keys can no longer be used, nor anything be changed. */
        STOP
    }

    /**
     * How an anchor fares.
     *
     * @param name the anchor
     * @param pending how many checkpoints it does not have yet
     * @param dropped how many it never got, a later one having taken their place
     * @param keptSize how many records the newest checkpoint that it has covers, as far as this store knows
     * @param awaySince since when it cannot be reached, in milliseconds since 1970; 0 if it can
     * @param problem what was wrong just now, null if nothing was
     */
    public record Status(
            String name,
            long pending,
            long dropped,
            long keptSize,
            long awaySince,
            @Nullable String problem) {}

    private static final int PAGE = 512;

    /** So many are delivered in one go at most, so that the end of the program need not wait for more. */
    private static final int MAX_DELIVERED = 64;

    private final TokenStore store;
    private final AuditLog log;
    private final AuditSettings settings;
    private final List<Anchor> anchors;
    private final List<AnchorSpool> spools = new ArrayList<>();

    /** For {@code log} in {@code store}; all stay the caller's. */
    public Anchoring(
            TokenStore store,
            AuditLog log,
            AuditSettings settings,
            List<Anchor> anchors,
            int capacity,
            WhenAway whenAway) {
        this.store = store;
        this.log = log;
        this.settings = settings;
        this.anchors = List.copyOf(anchors);
        anchors.forEach(anchor -> spools.add(new AnchorSpool(anchor.name(), capacity)));
        if (whenAway == WhenAway.STOP) {
            log.admitBy(this::admit);
        }
    }

    @Override
    public void made(StoreWriter tx, SignedNote checkpoint) {
        spools.forEach(spool -> spool.add(tx, checkpoint));
    }

    private void admit(StoreReader tx) {
        for (AnchorSpool spool : spools) {
            if (spool.isFull(tx)) {
                throw Fault.DEVICE_ERROR.because("the audit log's anchor " + spool.name()
                        + " cannot be reached, and the configuration's audit.anchor.when-away says to stop:"
                        + " see `ferrohsm audit anchor`");
            }
        }
    }

    /** Whether an anchor does not have every checkpoint. */
    public boolean isPending() {
        return !anchors.isEmpty()
                && read(tx -> spools.stream().anyMatch(spool -> spool.state(tx).pending() > 0));
    }

    /** Gives every anchor what it does not have; tells how each fares. */
    public List<Status> deliver() {
        List<Status> all = new ArrayList<>();
        for (int i = 0; i < anchors.size(); i++) {
            String problem = deliver(anchors.get(i), spools.get(i));
            AnchorSpool spool = spools.get(i);
            AnchorSpool.State state = read(spool::state);
            all.add(new Status(
                    spool.name(), state.pending(), state.dropped(), state.kept().size(), state.awaySince(), problem));
        }
        return all;
    }

    private @Nullable String deliver(Anchor anchor, AnchorSpool spool) {
        for (int i = 0; i < MAX_DELIVERED; i++) {
            Optional<SignedNote> note = read(spool::oldest);
            if (note.isEmpty()) {
                return null;
            }
            try {
                Checkpoint checkpoint = Checkpoint.parse(note.get().text());
                Frontier known = read(spool::state).kept();
                anchor.keep(new Anchor.Statement(
                        note.get(), checkpoint, old -> consistency(known, old, checkpoint.size())));
                Frontier kept = tree(known, checkpoint.size());
                write(tx -> back(tx, spool, kept));
            } catch (AnchorException | NoteException e) {
                String problem = String.valueOf(e.getMessage());
                write(tx -> away(tx, spool, problem));
                return problem;
            }
        }
        return null;
    }

    private boolean back(StoreWriter tx, AnchorSpool spool, Frontier kept) {
        boolean wasAway = spool.state(tx).awaySince() != 0;
        spool.kept(tx, kept);
        if (wasAway) {
            log.append(
                    tx,
                    AuditEvent.of(AuditAction.ANCHOR_BACK)
                            .detail("anchor", spool.name())
                            .build());
        }
        return true;
    }

    private boolean away(StoreWriter tx, AnchorSpool spool, String problem) {
        if (spool.failed(tx, settings.clock().millis())) {
            log.append(
                    tx,
                    AuditEvent.of(AuditAction.ANCHOR_AWAY)
                            .detail("anchor", spool.name())
                            .detail("reason", problem)
                            .failed(Fault.FUNCTION_FAILED)
                            .build());
        }
        return true;
    }

    private List<byte[]> consistency(Frontier known, long old, long size) {
        Frontier start = old == known.size() ? known : tree(known, old);
        return TreeProof.consistency(start, size, new Leaves(old));
    }

    /** The tree of the first {@code size} records, from one that is known if that is not larger. */
    private Frontier tree(Frontier known, long size) {
        Frontier frontier = known.size() <= size ? known.copy() : new Frontier();
        Leaves leaves = new Leaves(frontier.size());
        while (frontier.size() < size) {
            frontier.add(leaves.next());
        }
        return frontier;
    }

    private <T> T read(Function<? super StoreReader, T> work) {
        try {
            return store.read(work);
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
    }

    private void write(Function<? super StoreWriter, Boolean> work) {
        try {
            store.write(work);
        } catch (StoreException e) {
            throw AuditFaults.of(e);
        }
    }

    /** Leaf hashes read page by page. */
    private final class Leaves implements Iterator<byte[]> {
        private long next;
        private Iterator<AuditRow> page = List.<AuditRow>of().iterator();

        Leaves(long from) {
            this.next = from;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext()) {
                page = read(tx -> tx.audit(next, PAGE)).iterator();
            }
            return page.hasNext();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException("record " + next);
            }
            next++;
            return TreeHash.leaf(page.next().record());
        }
    }
}
