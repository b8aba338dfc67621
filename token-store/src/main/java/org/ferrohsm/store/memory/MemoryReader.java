// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.support.Rows;
import org.jspecify.annotations.Nullable;

/** The reads of one transaction. */
class MemoryReader implements StoreReader {
    private static final TokenObjects NO_OBJECTS = new TokenObjects();

    private @Nullable Snapshot snapshot;

    MemoryReader(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Refuses every use from now on, as a store on disk must. */
    final void end() {
        snapshot = null;
    }

    final Snapshot snapshot() {
        if (snapshot == null) {
            throw new IllegalStateException("The transaction of this reader or writer has ended.");
        }
        return snapshot;
    }

    final void replaceSnapshot(Snapshot next) {
        snapshot = next;
    }

    @Override
    public Optional<byte[]> entry(UUID scope, String name) {
        return Optional.ofNullable(
                        snapshot().entries().getOrDefault(scope, Map.of()).get(name))
                .map(byte[]::clone);
    }

    @Override
    public List<TokenRow> tokens() {
        return snapshot().tokens().values().stream()
                .sorted(Comparator.comparingInt(TokenRow::slot))
                .map(MemoryReader::copy)
                .toList();
    }

    @Override
    public Optional<TokenRow> token(UUID token) {
        return Optional.ofNullable(snapshot().tokens().get(token)).map(MemoryReader::copy);
    }

    @Override
    public Optional<ObjectRow> object(UUID token, UUID object) {
        return Optional.ofNullable(objects(token).get(object)).map(MemoryReader::copy);
    }

    @Override
    public OptionalLong objectVersion(UUID token, UUID object) {
        ObjectRow row = objects(token).get(object);
        return row == null ? OptionalLong.empty() : OptionalLong.of(row.version());
    }

    @Override
    public List<ObjectPosition> findObjects(UUID token, Map<IndexColumn, byte[]> equals, long after, int limit) {
        Rows.checkPage(after, limit);
        List<ObjectPosition> found = new ArrayList<>();
        for (Map.Entry<Long, ObjectRow> entry : objects(token).after(after).entrySet()) {
            if (found.size() == limit) {
                break;
            }
            ObjectRow row = entry.getValue();
            if (matches(row, equals)) {
                found.add(new ObjectPosition(entry.getKey(), row.id(), row.version(), row.isPrivate()));
            }
        }
        return found;
    }

    @Override
    public long countObjects(UUID token) {
        return objects(token).size();
    }

    @Override
    public OptionalLong lastAudit() {
        int size = snapshot().audit().size();
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size - 1L);
    }

    @Override
    public List<AuditRow> audit(long fromSeq, int limit) {
        Rows.checkPage(fromSeq, limit);
        return snapshot().audit().page(fromSeq, limit).stream()
                .map(row -> copy(Objects.requireNonNull(row)))
                .toList();
    }

    final TokenObjects objects(UUID token) {
        return snapshot().objects().getOrDefault(token, NO_OBJECTS);
    }

    static TokenRow copy(TokenRow row) {
        return new TokenRow(row.id(), row.slot(), row.sealed().clone());
    }

    static ObjectRow copy(ObjectRow row) {
        Map<IndexColumn, byte[]> indexes = new EnumMap<>(IndexColumn.class);
        row.indexes().forEach((column, value) -> indexes.put(column, value.clone()));
        return new ObjectRow(
                row.token(),
                row.id(),
                row.version(),
                row.isPrivate(),
                row.sealed().clone(),
                indexes);
    }

    static AuditRow copy(AuditRow row) {
        return new AuditRow(row.seq(), row.record().clone(), row.mac().clone());
    }

    private static boolean matches(ObjectRow row, Map<IndexColumn, byte[]> equals) {
        for (Map.Entry<IndexColumn, byte[]> wanted : equals.entrySet()) {
            byte[] held = row.indexes().get(wanted.getKey());
            if (held == null || !Arrays.equals(held, wanted.getValue())) {
                return false;
            }
        }
        return true;
    }
}
