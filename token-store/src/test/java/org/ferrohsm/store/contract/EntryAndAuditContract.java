// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreReader;
import org.junit.jupiter.api.Test;

/** Entries by scope and the audit log. */
public interface EntryAndAuditContract extends StoreFixture {
    @Test
    default void an_entry_belongs_to_its_scope_and_name() {
        UUID scope = UUID.randomUUID();
        change(writer -> {
            writer.putEntry(Scopes.STORE, "name", bytes("store"));
            writer.putEntry(scope, "name", bytes("scope"));
            writer.putEntry(scope, "Name", bytes("case"));
            writer.putEntry(scope, "", new byte[0]);
        });
        store().read(reader -> {
            assertArrayEquals(bytes("store"), reader.entry(Scopes.STORE, "name").orElseThrow());
            assertArrayEquals(bytes("scope"), reader.entry(scope, "name").orElseThrow());
            assertArrayEquals(bytes("case"), reader.entry(scope, "Name").orElseThrow());
            assertArrayEquals(new byte[0], reader.entry(scope, "").orElseThrow());
            assertTrue(reader.entry(scope, "none").isEmpty());
            assertTrue(reader.entry(UUID.randomUUID(), "name").isEmpty());
            return true;
        });
    }

    @Test
    default void an_entry_is_replaced_and_removed() {
        change(writer -> writer.putEntry(Scopes.STORE, "name", bytes("one")));
        change(writer -> writer.putEntry(Scopes.STORE, "name", bytes("two")));
        assertArrayEquals(
                bytes("two"),
                store().read(reader -> reader.entry(Scopes.STORE, "name")).orElseThrow());
        change(writer -> {
            writer.removeEntry(Scopes.STORE, "name");
            writer.removeEntry(Scopes.STORE, "name");
        });
        assertTrue(store().read(reader -> reader.entry(Scopes.STORE, "name")).isEmpty());
    }

    @Test
    default void the_bytes_of_an_entry_are_not_shared() {
        byte[] value = bytes("value");
        change(writer -> {
            writer.putEntry(Scopes.STORE, "name", value);
            value[0]++;
        });
        store().read(reader -> reader.entry(Scopes.STORE, "name")).orElseThrow()[0]++;
        assertArrayEquals(
                bytes("value"),
                store().read(reader -> reader.entry(Scopes.STORE, "name")).orElseThrow());
    }

    @Test
    default void an_empty_log_has_no_last_record() {
        assertTrue(store().read(StoreReader::lastAudit).isEmpty());
        assertTrue(store().read(reader -> reader.audit(0, 10)).isEmpty());
    }

    @Test
    default void audit_records_come_in_order_and_in_pages() {
        for (int transaction = 0; transaction < 5; transaction++) {
            int first = 10 * transaction;
            change(writer -> {
                for (int seq = first; seq < first + 10; seq++) {
                    writer.appendAudit(audit(seq));
                }
            });
        }
        store().read(reader -> {
            assertEquals(49, reader.lastAudit().orElseThrow());
            List<AuditRow> page = reader.audit(17, 20);
            assertEquals(20, page.size());
            for (int i = 0; i < 20; i++) {
                assertEquals(17 + i, page.get(i).seq());
                assertArrayEquals(bytes("record " + (17 + i)), page.get(i).record());
                assertArrayEquals(bytes("mac " + (17 + i)), page.get(i).mac());
            }
            assertEquals(50, reader.audit(0, Integer.MAX_VALUE).size());
            assertEquals(1, reader.audit(49, 10).size());
            assertTrue(reader.audit(50, 10).isEmpty());
            assertTrue(reader.audit(Long.MAX_VALUE, 10).isEmpty());
            return true;
        });
    }

    @Test
    default void a_gap_a_repeat_and_a_start_beyond_zero_are_conflicts() {
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.appendAudit(audit(1))));
        change(writer -> writer.appendAudit(audit(0)));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.appendAudit(audit(0))));
        assertThrows(StoreConflictException.class, () -> change(writer -> writer.appendAudit(audit(2))));
        assertThrows(IllegalArgumentException.class, () -> change(writer -> writer.appendAudit(audit(-1))));
        change(writer -> writer.appendAudit(audit(1)));
        assertEquals(1, store().read(StoreReader::lastAudit).orElseThrow());
    }

    @Test
    default void the_bytes_of_an_audit_record_are_not_shared() {
        byte[] record = bytes("record");
        byte[] mac = bytes("mac");
        change(writer -> {
            writer.appendAudit(new AuditRow(0, record, mac));
            record[0]++;
            mac[0]++;
        });
        AuditRow spoiled = store().read(reader -> reader.audit(0, 1)).get(0);
        spoiled.record()[0]++;
        spoiled.mac()[0]++;
        AuditRow read = store().read(reader -> reader.audit(0, 1)).get(0);
        assertArrayEquals(bytes("record"), read.record());
        assertArrayEquals(bytes("mac"), read.mac());
    }
}
