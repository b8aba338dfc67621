// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.bytes;
import static org.ferrohsm.store.contract.Samples.next;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** Objects one by one. */
public interface ObjectContract extends StoreFixture {
    @Test
    default void an_object_is_read_back_as_written() {
        TokenRow token = token(1);
        Map<IndexColumn, byte[]> indexes = new EnumMap<>(IndexColumn.class);
        for (IndexColumn column : IndexColumn.values()) {
            indexes.put(column, bytes(column.name()));
        }
        ObjectRow full = new ObjectRow(token.id(), UUID.randomUUID(), 3, true, new byte[70_000], indexes);
        ObjectRow bare = new ObjectRow(token.id(), UUID.randomUUID(), 1, false, new byte[0], Map.of());
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(full);
            writer.insertObject(bare);
        });
        for (ObjectRow row : new ObjectRow[] {full, bare}) {
            ObjectRow read =
                    store().read(reader -> reader.object(token.id(), row.id())).orElseThrow();
            assertEquals(row.token(), read.token());
            assertEquals(row.id(), read.id());
            assertEquals(row.version(), read.version());
            assertEquals(row.isPrivate(), read.isPrivate());
            assertArrayEquals(row.sealed(), read.sealed());
            assertEquals(row.indexes().keySet(), read.indexes().keySet());
            row.indexes()
                    .forEach((column, value) ->
                            assertArrayEquals(value, read.indexes().get(column)));
            assertEquals(
                    row.version(),
                    store().read(reader -> reader.objectVersion(token.id(), row.id()))
                            .orElseThrow());
        }
    }

    @Test
    default void an_object_is_not_found_in_another_token() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        ObjectRow object = object(token);
        change(writer -> {
            writer.insertToken(token);
            writer.insertToken(other);
            writer.insertObject(object);
        });
        store().read(reader -> {
            assertTrue(reader.object(other.id(), object.id()).isEmpty());
            assertTrue(reader.objectVersion(other.id(), object.id()).isEmpty());
            assertTrue(reader.object(UUID.randomUUID(), object.id()).isEmpty());
            assertEquals(0, reader.countObjects(other.id()));
            assertEquals(0, reader.countObjects(UUID.randomUUID()));
            return true;
        });
        assertEquals(false, store().write(writer -> writer.deleteObject(other.id(), object.id())));
        assertEquals(1, store().read(reader -> reader.countObjects(token.id())).longValue());
    }

    @Test
    default void a_taken_id_or_an_unknown_token_is_a_conflict() {
        TokenRow token = token(1);
        ObjectRow object = object(token);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object);
        });
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.insertObject(object)));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.insertObject(object(token(2)))));
    }

    @Test
    default void an_update_replaces_the_version_before_it_and_no_other() {
        TokenRow token = token(1);
        ObjectRow first = object(token, Map.of(IndexColumn.LABEL, bytes("old"), IndexColumn.ID, bytes("id")));
        ObjectRow second = new ObjectRow(
                token.id(), first.id(), 2, true, bytes("second"), Map.of(IndexColumn.LABEL, bytes("new")));
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(first);
        });
        change(writer -> writer.updateObject(second));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.updateObject(second)));
        assertThrows(
                StoreConflictException.class,
                () -> change(writer -> writer.updateObject(next(next(second, "third"), "fourth"))));
        ObjectRow read =
                store().read(reader -> reader.object(token.id(), first.id())).orElseThrow();
        assertEquals(2, read.version());
        assertTrue(read.isPrivate());
        assertArrayEquals(bytes("second"), read.sealed());
        assertEquals(Map.of(IndexColumn.LABEL, "new").keySet(), read.indexes().keySet());
    }

    @Test
    default void an_update_of_no_object_is_a_conflict() {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        assertThrows(
                StoreConflictException.class, () -> change(writer -> writer.updateObject(next(object(token), "next"))));
    }

    @Test
    default void versions_begin_at_one() {
        TokenRow token = token(1);
        ObjectRow zeroth = new ObjectRow(token.id(), UUID.randomUUID(), 0, false, bytes("sealed"), Map.of());
        change(writer -> writer.insertToken(token));
        assertThrows(IllegalArgumentException.class, () -> change(writer -> writer.insertObject(zeroth)));
        assertThrows(IllegalArgumentException.class, () -> change(writer -> writer.updateObject(object(token))));
    }

    @Test
    default void a_deleted_object_is_gone_and_its_deletion_told_once() {
        TokenRow token = token(1);
        ObjectRow object = object(token);
        ObjectRow other = object(token);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object);
            writer.insertObject(other);
        });
        assertEquals(true, store().write(writer -> writer.deleteObject(token.id(), object.id())));
        assertEquals(false, store().write(writer -> writer.deleteObject(token.id(), object.id())));
        store().read(reader -> {
            assertTrue(reader.object(token.id(), object.id()).isEmpty());
            assertTrue(reader.object(token.id(), other.id()).isPresent());
            return true;
        });
    }

    @Test
    default void deleting_all_objects_leaves_the_token_and_other_tokens_objects() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        change(writer -> {
            writer.insertToken(token);
            writer.insertToken(other);
            writer.insertObject(object(token));
            writer.insertObject(object(token));
            writer.insertObject(object(other));
            writer.putEntry(token.id(), "name", bytes("value"));
        });
        change(writer -> writer.deleteObjects(token.id()));
        store().read(reader -> {
            assertTrue(reader.token(token.id()).isPresent());
            assertTrue(reader.entry(token.id(), "name").isPresent());
            assertEquals(0, reader.countObjects(token.id()));
            assertEquals(1, reader.countObjects(other.id()));
            return true;
        });
    }

    @Test
    default void the_bytes_of_an_object_are_not_shared() {
        TokenRow token = token(1);
        byte[] sealed = bytes("sealed");
        byte[] label = bytes("label");
        ObjectRow object =
                new ObjectRow(token.id(), UUID.randomUUID(), 1, false, sealed, Map.of(IndexColumn.LABEL, label));
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object);
            sealed[0]++;
            label[0]++;
        });
        ObjectRow spoiled =
                store().read(reader -> reader.object(token.id(), object.id())).orElseThrow();
        spoiled.sealed()[0]++;
        spoiled.indexes().values().forEach(value -> value[0]++);
        ObjectRow read =
                store().read(reader -> reader.object(token.id(), object.id())).orElseThrow();
        assertArrayEquals(bytes("sealed"), read.sealed());
        assertArrayEquals(bytes("label"), read.indexes().get(IndexColumn.LABEL));
    }
}
