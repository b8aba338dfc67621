// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.bytes;
import static org.ferrohsm.store.contract.Samples.next;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** Finding objects. */
public interface ObjectSearchContract extends StoreFixture {
    @Test
    default void every_combination_of_columns_finds_exactly_the_objects_that_have_them_all() {
        TokenRow token = token(1);
        int combinations = 1 << IndexColumn.values().length;
        List<ObjectRow> objects = IntStream.range(0, combinations)
                .mapToObj(bits -> object(token, columns(bits)))
                .toList();
        change(writer -> {
            writer.insertToken(token);
            writer.insertToken(token(2));
            objects.forEach(writer::insertObject);
        });
        for (int bits = 0; bits < combinations; bits++) {
            int wanted = bits;
            List<UUID> expected = IntStream.range(0, combinations)
                    .filter(has -> (has & wanted) == wanted)
                    .mapToObj(has -> objects.get(has).id())
                    .toList();
            assertEquals(expected, find(token, columns(wanted)));
        }
    }

    @Test
    default void a_column_of_another_value_of_another_token_or_without_value_is_not_found() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        ObjectRow wanted = object(token, Map.of(IndexColumn.LABEL, bytes("a")));
        change(writer -> {
            writer.insertToken(token);
            writer.insertToken(other);
            writer.insertObject(wanted);
            writer.insertObject(object(token, Map.of(IndexColumn.LABEL, bytes("ab"))));
            writer.insertObject(object(token, Map.of(IndexColumn.LABEL, bytes(""))));
            writer.insertObject(object(token, Map.of(IndexColumn.ID, bytes("a"))));
            writer.insertObject(object(token));
            writer.insertObject(object(other, Map.of(IndexColumn.LABEL, bytes("a"))));
        });
        assertEquals(List.of(wanted.id()), find(token, Map.of(IndexColumn.LABEL, bytes("a"))));
        assertEquals(1, find(token, Map.of(IndexColumn.LABEL, bytes(""))).size());
        assertTrue(find(token, Map.of(IndexColumn.LABEL, bytes("b"))).isEmpty());
        assertTrue(find(token(3), Map.of()).isEmpty());
    }

    @Test
    default void an_object_is_found_by_its_new_columns_alone_at_its_old_place() {
        TokenRow token = token(1);
        ObjectRow first = object(token, Map.of(IndexColumn.LABEL, bytes("old"), IndexColumn.ID, bytes("id")));
        ObjectRow last = object(token);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(first);
            writer.insertObject(last);
        });
        change(writer -> writer.updateObject(new ObjectRow(
                token.id(), first.id(), 2, true, bytes("next"), Map.of(IndexColumn.LABEL, bytes("new")))));
        assertTrue(find(token, Map.of(IndexColumn.LABEL, bytes("old"))).isEmpty());
        assertTrue(find(token, Map.of(IndexColumn.ID, bytes("id"))).isEmpty());
        ObjectPosition found = store().read(
                        reader -> reader.findObjects(token.id(), Map.of(IndexColumn.LABEL, bytes("new")), 0, 10))
                .get(0);
        assertEquals(first.id(), found.id());
        assertEquals(2, found.version());
        assertTrue(found.isPrivate());
        assertEquals(List.of(first.id(), last.id()), find(token, Map.of()));
    }

    @Test
    default void pages_of_any_size_join_to_the_whole_in_order() {
        TokenRow token = token(1);
        List<ObjectRow> objects = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            objects.add(object(token, Map.of(IndexColumn.OBJECT_CLASS, bytes(i % 2 == 0 ? "even" : "odd"))));
        }
        change(writer -> {
            writer.insertToken(token);
            objects.forEach(writer::insertObject);
        });
        List<UUID> all = objects.stream().map(ObjectRow::id).toList();
        List<UUID> odd =
                IntStream.range(0, 12).mapToObj(i -> all.get(2 * i + 1)).toList();
        for (int size : new int[] {1, 2, 5, 12, 13, 25, 26, 1000, Integer.MAX_VALUE}) {
            assertEquals(all, pages(token, Map.of(), size));
            assertEquals(odd, pages(token, Map.of(IndexColumn.OBJECT_CLASS, bytes("odd")), size));
        }
    }

    @Test
    default void paging_goes_on_across_changes_without_repeats_and_positions_are_not_used_again() {
        TokenRow token = token(1);
        List<ObjectRow> objects =
                IntStream.range(0, 6).mapToObj(i -> object(token)).toList();
        change(writer -> {
            writer.insertToken(token);
            objects.forEach(writer::insertObject);
        });
        ObjectPosition third = store().read(reader -> reader.findObjects(token.id(), Map.of(), 0, 3))
                .get(2);
        ObjectRow late = object(token);
        change(writer -> {
            for (ObjectRow deleted : objects.subList(2, 6)) {
                writer.deleteObject(token.id(), deleted.id());
            }
            writer.updateObject(next(objects.get(0), "next"));
            writer.insertObject(late);
        });
        assertEquals(
                List.of(late.id()),
                store().read(reader -> reader.findObjects(token.id(), Map.of(), third.position(), 10)).stream()
                        .map(ObjectPosition::id)
                        .toList());
    }

    @Test
    default void a_page_of_nothing_or_before_the_start_is_refused() {
        UUID token = UUID.randomUUID();
        store().read(reader -> {
            assertThrows(IllegalArgumentException.class, () -> reader.findObjects(token, Map.of(), 0, 0));
            assertThrows(IllegalArgumentException.class, () -> reader.findObjects(token, Map.of(), -1, 1));
            assertThrows(IllegalArgumentException.class, () -> reader.audit(0, 0));
            assertThrows(IllegalArgumentException.class, () -> reader.audit(-1, 1));
            return true;
        });
    }

    private static Map<IndexColumn, byte[]> columns(int bits) {
        Map<IndexColumn, byte[]> columns = new EnumMap<>(IndexColumn.class);
        IndexColumn[] all = IndexColumn.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits >> i & 1) == 1) {
                columns.put(all[i], bytes("value"));
            }
        }
        return columns;
    }

    private List<UUID> find(TokenRow token, Map<IndexColumn, byte[]> equals) {
        return store().read(reader -> reader.findObjects(token.id(), equals, 0, 1000)).stream()
                .map(ObjectPosition::id)
                .toList();
    }

    private List<UUID> pages(TokenRow token, Map<IndexColumn, byte[]> equals, int size) {
        List<UUID> found = new ArrayList<>();
        long after = 0;
        while (true) {
            long start = after;
            List<ObjectPosition> page = store().read(reader -> reader.findObjects(token.id(), equals, start, size));
            assertTrue(page.size() <= size);
            if (page.isEmpty()) {
                return found;
            }
            page.forEach(position -> found.add(position.id()));
            after = page.get(page.size() - 1).position();
        }
    }
}
