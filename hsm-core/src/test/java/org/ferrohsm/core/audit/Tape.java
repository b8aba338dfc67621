// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/** A log taken out of its store, to be tampered with. */
record Tape(UUID log, List<AuditRow> rows, byte @Nullable [] head, Path keyFile) {
    /** Short, so that a small log has many epochs. */
    static final long EPOCH = 16;

    static Tape of(TokenStore store, AuditLog log, Path keyFolder) {
        UUID id = log.id();
        return store.read(tx -> new Tape(
                id,
                List.copyOf(tx.audit(0, 100_000)),
                tx.entry(Scopes.STORE, AuditHead.ENTRY).orElseThrow(),
                keyFolder.resolve(VerificationKey.fileName(id))));
    }

    VerificationKey key() {
        return VerificationKey.read(keyFile);
    }

    AuditHead parsedHead() {
        return AuditHead.parse(Objects.requireNonNull(head));
    }

    AuditRecord record(int place) {
        return AuditRecord.parse(rows.get(place).record());
    }

    Tape with(List<AuditRow> others) {
        return new Tape(log, List.copyOf(others), head, keyFile);
    }

    Tape withHead(byte @Nullable [] other) {
        return new Tape(log, rows, other, keyFile);
    }

    Tape change(int place, UnaryOperator<AuditRow> change) {
        List<AuditRow> changed = new ArrayList<>(rows);
        changed.set(place, change.apply(changed.get(place)));
        return with(changed);
    }

    Tape changeRecord(int place, UnaryOperator<byte[]> change) {
        return change(
                place, row -> new AuditRow(row.seq(), change.apply(row.record().clone()), row.mac()));
    }

    /** A record of another node. */
    Tape changeNode(int place, String node) {
        return changeRecord(place, old -> {
            AuditRecord record = AuditRecord.parse(old);
            return new AuditRecord(
                            record.log(),
                            record.seq(),
                            node,
                            record.boot(),
                            record.wallMillis(),
                            record.monotonicNanos(),
                            record.event(),
                            record.previous())
                    .encode();
        });
    }

    /** Numbers the rows by their places, as one does who does not want gaps to be seen. */
    Tape renumbered() {
        List<AuditRow> numbered = new ArrayList<>();
        for (AuditRow row : rows) {
            numbered.add(new AuditRow(numbered.size(), row.record(), row.mac()));
        }
        return with(numbered);
    }

    /** Makes all links from {@code place} on anew, and the head; MACs are what {@code macs} makes of number and leaf. */
    Tape relinked(int place, Remac macs) {
        List<AuditRow> linked = new ArrayList<>(rows.subList(0, place));
        byte[] last =
                place == 0 ? new byte[32] : TreeHash.leaf(linked.get(place - 1).record());
        for (AuditRow row : rows.subList(place, rows.size())) {
            AuditRecord old = AuditRecord.parse(row.record());
            byte[] record = new AuditRecord(
                            old.log(),
                            linked.size(),
                            old.node(),
                            old.boot(),
                            old.wallMillis(),
                            old.monotonicNanos(),
                            old.event(),
                            last)
                    .encode();
            last = TreeHash.leaf(record);
            linked.add(new AuditRow(linked.size(), record, macs.mac(linked.size(), last, row.mac())));
        }
        return with(linked).withHead(new AuditHead(log, linked.size(), last, new byte[32]).encode());
    }

    /** How somebody who makes links anew makes the MACs. */
    interface Remac {
        byte[] mac(long seq, byte[] leaf, byte[] old);
    }

    VerifyReport verify() {
        try (VerificationKey key = key()) {
            return verify(key);
        }
    }

    VerifyReport verifyWithoutKey() {
        return verify(null);
    }

    VerifyReport verify(@Nullable VerificationKey key) {
        return new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE, EPOCH).verify(source(), key, AuditFixture.NOTHING);
    }

    AuditSource source() {
        Iterator<AuditRow> left = rows.iterator();
        return new AuditSource() {
            @Override
            public UUID claimedLog() {
                return log;
            }

            @Override
            public @Nullable String checkpoint() {
                return null;
            }

            @Override
            public @Nullable AuditRow next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public End end() {
                return new End(head, null);
            }

            @Override
            public void close() {}
        };
    }
}
