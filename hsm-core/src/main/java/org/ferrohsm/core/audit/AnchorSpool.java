// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.Frontier;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * The checkpoints that one anchor has not kept yet, in the store and so across restarts. It holds no more than it may: where
 * work goes on without the anchor the oldest make room, each later one still covering their records.
 */
final class AnchorSpool {
    private final String name;
    private final int capacity;

    /**
     * What is known of an anchor.
     *
     * @param first the number of the oldest checkpoint in the spool
     * @param next the number of the next one to come
     * @param dropped how many made room
     * @param kept the tree of the newest checkpoint that the anchor has
     * @param awaySince when it first failed, in milliseconds since 1970, 0 if it did not
     */
    record State(long first, long next, long dropped, Frontier kept, long awaySince) {
        static final State NEW = new State(0, 0, 0, new Frontier(), 0);

        long pending() {
            return next - first;
        }
    }

    AnchorSpool(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    String name() {
        return name;
    }

    State state(StoreReader tx) {
        return tx.entry(Scopes.STORE, entry())
                .map(bytes -> {
                    try {
                        RecordFields fields = RecordFields.parse(bytes);
                        return new State(
                                fields.number(1),
                                fields.number(2),
                                fields.number(3),
                                new Frontier(fields.number(4), fields.anyBytes(5)),
                                fields.number(6));
                    } catch (CborException | IllegalArgumentException e) {
                        throw Fault.DEVICE_ERROR.because("what the store knows of anchor " + name + " is damaged", e);
                    }
                })
                .orElse(State.NEW);
    }

    boolean isFull(StoreReader tx) {
        return state(tx).pending() >= capacity;
    }

    /** Adds a checkpoint; the oldest makes room if need be. */
    void add(StoreWriter tx, SignedNote note) {
        State state = state(tx);
        long first = state.first();
        long dropped = state.dropped();
        if (state.pending() >= capacity) {
            tx.removeEntry(Scopes.STORE, entry(first));
            first++;
            dropped++;
        }
        tx.putEntry(Scopes.STORE, entry(state.next()), note.format().getBytes(UTF_8));
        save(tx, new State(first, state.next() + 1, dropped, state.kept(), state.awaySince()));
    }

    /** The oldest checkpoint that the anchor does not have. */
    Optional<SignedNote> oldest(StoreReader tx) {
        State state = state(tx);
        return state.pending() == 0
                ? Optional.empty()
                : tx.entry(Scopes.STORE, entry(state.first())).map(bytes -> parse(new String(bytes, UTF_8)));
    }

    /** The anchor has the checkpoint of the tree {@code kept}, and so needs none that is older. */
    void kept(StoreWriter tx, Frontier kept) {
        State state = state(tx);
        long first = state.first();
        while (first < state.next() && size(tx, first) <= kept.size()) {
            tx.removeEntry(Scopes.STORE, entry(first));
            first++;
        }
        Frontier newest = state.kept().size() > kept.size() ? state.kept() : kept;
        save(tx, new State(first, state.next(), state.dropped(), newest, 0));
    }

    /** The anchor could not be reached; true if it could before. */
    boolean failed(StoreWriter tx, long nowMillis) {
        State state = state(tx);
        if (state.awaySince() != 0) {
            return false;
        }
        save(tx, new State(state.first(), state.next(), state.dropped(), state.kept(), nowMillis));
        return true;
    }

    private long size(StoreReader tx, long number) {
        return tx.entry(Scopes.STORE, entry(number))
                .map(bytes -> Long.parseLong(
                        List.of(new String(bytes, UTF_8).split("\n", 3)).get(1)))
                .orElse(0L);
    }

    private void save(StoreWriter tx, State state) {
        RecordFields fields = new RecordFields();
        fields.put(1, state.first());
        fields.put(2, state.next());
        fields.put(3, state.dropped());
        fields.put(4, state.kept().size());
        fields.put(5, state.kept().encoded());
        fields.put(6, state.awaySince());
        tx.putEntry(Scopes.STORE, entry(), CborWriter.encode(fields.dictionary()));
    }

    private SignedNote parse(String text) {
        try {
            return SignedNote.parse(text);
        } catch (NoteException e) {
            throw Fault.DEVICE_ERROR.because("a checkpoint that waits for anchor " + name + " is damaged", e);
        }
    }

    private String entry() {
        return "audit.anchor." + name;
    }

    private String entry(long number) {
        return entry() + "." + number;
    }
}
