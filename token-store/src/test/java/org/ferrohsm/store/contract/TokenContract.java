// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.bytes;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** Tokens and what goes with them. */
public interface TokenContract extends StoreFixture {
    @Test
    default void tokens_come_in_the_order_of_their_slots() {
        List<Integer> slots = List.of(7, 0, Integer.MAX_VALUE, 3);
        change(writer -> slots.forEach(slot -> writer.insertToken(token(slot))));
        assertEquals(
                List.of(0, 3, 7, Integer.MAX_VALUE),
                store().read(StoreReader::tokens).stream().map(TokenRow::slot).toList());
    }

    @Test
    default void a_token_is_read_back_as_written() {
        TokenRow token = new TokenRow(UUID.randomUUID(), 5, new byte[] {0, -1, 127, -128});
        change(writer -> writer.insertToken(token));
        TokenRow read = store().read(reader -> reader.token(token.id())).orElseThrow();
        assertEquals(token.id(), read.id());
        assertEquals(5, read.slot());
        assertArrayEquals(token.sealed(), read.sealed());
        assertTrue(store().read(reader -> reader.token(UUID.randomUUID())).isEmpty());
    }

    @Test
    default void a_taken_id_or_slot_is_a_conflict() {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.insertToken(token(1))));
        assertThrows(
                StoreConflictException.class,
                () -> change(writer -> writer.insertToken(new TokenRow(token.id(), 2, bytes("other")))));
        assertEquals(1, store().read(StoreReader::tokens).size());
    }

    @Test
    default void a_slot_of_a_deleted_token_can_be_taken_again() {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        change(writer -> {
            writer.deleteToken(token.id());
            writer.insertToken(token(1));
        });
        assertEquals(1, store().read(StoreReader::tokens).size());
    }

    @Test
    default void a_negative_slot_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> change(writer -> writer.insertToken(token(-1))));
    }

    @Test
    default void an_update_changes_the_content_alone() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        change(writer -> {
            writer.insertToken(token);
            writer.insertToken(other);
        });
        change(writer -> writer.updateToken(new TokenRow(token.id(), 1, bytes("changed"))));
        assertArrayEquals(
                bytes("changed"),
                store().read(reader -> reader.token(token.id())).orElseThrow().sealed());
        assertArrayEquals(
                other.sealed(),
                store().read(reader -> reader.token(other.id())).orElseThrow().sealed());
    }

    @Test
    default void an_update_of_no_token_or_of_another_slot_is_a_conflict() {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.updateToken(token(1))));
        assertThrows(
                StoreConflictException.class,
                () -> change(writer -> writer.updateToken(new TokenRow(token.id(), 2, bytes("moved")))));
    }

    @Test
    default void a_deleted_token_takes_its_objects_and_entries_and_nothing_else() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        change(writer -> {
            for (TokenRow each : List.of(token, other)) {
                writer.insertToken(each);
                writer.insertObject(object(each));
                writer.putEntry(each.id(), "name", bytes("value"));
            }
            writer.putEntry(Scopes.STORE, "name", bytes("value"));
        });
        change(writer -> writer.deleteToken(token.id()));
        change(writer -> writer.insertToken(token));
        store().read(reader -> {
            assertEquals(0, reader.countObjects(token.id()));
            assertTrue(reader.entry(token.id(), "name").isEmpty());
            assertEquals(1, reader.countObjects(other.id()));
            assertTrue(reader.entry(other.id(), "name").isPresent());
            assertTrue(reader.entry(Scopes.STORE, "name").isPresent());
            return true;
        });
    }

    @Test
    default void deleting_no_token_removes_nothing() {
        change(writer -> writer.putEntry(Scopes.STORE, "name", bytes("value")));
        change(writer -> writer.deleteToken(Scopes.STORE));
        assertTrue(store().read(reader -> reader.entry(Scopes.STORE, "name")).isPresent());
    }

    @Test
    default void the_bytes_of_a_token_are_not_shared() {
        byte[] sealed = bytes("sealed");
        TokenRow token = new TokenRow(UUID.randomUUID(), 1, sealed);
        change(writer -> {
            writer.insertToken(token);
            sealed[0]++;
            writer.token(token.id()).orElseThrow().sealed()[0]++;
        });
        store().read(StoreReader::tokens).get(0).sealed()[0]++;
        assertArrayEquals(
                bytes("sealed"),
                store().read(reader -> reader.token(token.id())).orElseThrow().sealed());
    }
}
