// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.jspecify.annotations.Nullable;

/** What a store should hold, said as plainly as possible. */
final class StoreModel {
    private record Key(int token, int number) {}

    private record Versioned(long version, int value) {}

    /** Token and content by slot. */
    private final Map<Integer, Key> tokens = new TreeMap<>();

    private final Map<Key, Integer> entries = new HashMap<>();

    /** In the order of their creation. */
    private final Map<Key, Versioned> objects = new LinkedHashMap<>();

    private int audit;
    private int changes;

    StoreModel() {}

    StoreModel(StoreModel other) {
        tokens.putAll(other.tokens);
        entries.putAll(other.entries);
        objects.putAll(other.objects);
        audit = other.audit;
        changes = other.changes;
    }

    /** How many changes there were that changed something. */
    int changes() {
        return changes;
    }

    /** Does as a store should; false where a store should see a conflict. */
    boolean apply(Change change) {
        Key key = new Key(change.token(), change.number());
        @Nullable Integer slot = slotOf(change.token());
        @Nullable Versioned held = objects.get(key);
        switch (change.kind()) {
            case PUT_ENTRY -> {
                entries.put(key, change.value());
                return changed();
            }
            case REMOVE_ENTRY -> {
                return entries.remove(key) == null || changed();
            }
            case INSERT_TOKEN -> {
                if (slot != null || tokens.containsKey(change.number())) {
                    return false;
                }
                tokens.put(change.number(), new Key(change.token(), change.value()));
                return changed();
            }
            case UPDATE_TOKEN -> {
                if (slot == null || slot != change.number()) {
                    return false;
                }
                tokens.put(slot, new Key(change.token(), change.value()));
                return changed();
            }
            case DELETE_TOKEN -> {
                if (slot == null) {
                    return true;
                }
                tokens.remove(slot);
                objects.keySet().removeIf(each -> each.token() == change.token());
                entries.keySet().removeIf(each -> each.token() == change.token() && each.token() != 0);
                return changed();
            }
            case INSERT_OBJECT -> {
                if (slot == null || held != null) {
                    return false;
                }
                objects.put(key, new Versioned(1, change.value()));
                return changed();
            }
            case UPDATE_OBJECT -> {
                if (held == null) {
                    return false;
                }
                objects.put(key, new Versioned(held.version() + 1, change.value()));
                return changed();
            }
            case DELETE_OBJECT -> {
                return objects.remove(key) == null || changed();
            }
            case DELETE_OBJECTS -> {
                return !objects.keySet().removeIf(each -> each.token() == change.token()) || changed();
            }
            case APPEND_AUDIT -> {
                audit++;
                return changed();
            }
            case SKIP_AUDIT -> {
                return false;
            }
        }
        throw new AssertionError(change);
    }

    /** Compares all that a reader can tell. */
    void assertHeldBy(StoreReader reader) {
        List<TokenRow> rows = reader.tokens();
        assertEquals(
                List.copyOf(tokens.keySet()), rows.stream().map(TokenRow::slot).toList());
        for (TokenRow row : rows) {
            Key token = Objects.requireNonNull(tokens.get(row.slot()));
            assertEquals(Change.id(token.token()), row.id());
            assertArrayEquals(Change.content(token.number()), row.sealed());
        }
        for (int token = 0; token < Change.TOKENS; token++) {
            for (int number = 0; number < Change.NUMBERS; number++) {
                Integer value = entries.get(new Key(token, number));
                Optional<byte[]> entry = reader.entry(Change.scope(token), Change.name(number));
                assertEquals(value != null, entry.isPresent());
                if (value != null) {
                    assertArrayEquals(Change.content(value), entry.orElseThrow());
                }
            }
            assertObjects(reader, token);
        }
        assertEquals(audit - 1, reader.lastAudit().orElse(-1));
        assertEquals(audit, reader.audit(0, Integer.MAX_VALUE).size());
    }

    private void assertObjects(StoreReader reader, int token) {
        UUID id = Change.id(token);
        assertEquals(objectsOf(token, value -> true).size(), reader.countObjects(id));
        assertEquals(objectsOf(token, value -> true), found(reader, id, Map.of()));
        assertEquals(objectsOf(token, Change::hasKeyId), found(reader, id, Map.of(IndexColumn.ID, bytes("odd"))));
        for (int value = 0; value < Change.VALUES; value++) {
            int wanted = value;
            assertEquals(objectsOf(token, held -> held == wanted), found(reader, id, Change.columns(value)));
        }
        for (int number = 0; number < Change.NUMBERS; number++) {
            Versioned held = objects.get(new Key(token, number));
            Optional<ObjectRow> row = reader.object(id, Change.id(number));
            assertEquals(held != null, row.isPresent());
            if (held != null) {
                assertEquals(held.version(), row.orElseThrow().version());
                assertArrayEquals(
                        Change.content(held.value()), row.orElseThrow().sealed());
            }
        }
    }

    private List<ObjectPosition> objectsOf(int token, Predicate<Integer> matching) {
        List<ObjectPosition> positions = new ArrayList<>();
        objects.forEach((key, held) -> {
            if (key.token() == token && matching.test(held.value())) {
                positions.add(
                        new ObjectPosition(0, Change.id(key.number()), held.version(), Change.isPrivate(held.value())));
            }
        });
        return positions;
    }

    private static List<ObjectPosition> found(StoreReader reader, UUID token, Map<IndexColumn, byte[]> equals) {
        return reader.findObjects(token, equals, 0, Integer.MAX_VALUE).stream()
                .map(found -> new ObjectPosition(0, found.id(), found.version(), found.isPrivate()))
                .toList();
    }

    private @Nullable Integer slotOf(int token) {
        for (Map.Entry<Integer, Key> entry : tokens.entrySet()) {
            if (entry.getValue().token() == token) {
                return entry.getKey();
            }
        }
        return null;
    }

    private boolean changed() {
        changes++;
        return true;
    }
}
