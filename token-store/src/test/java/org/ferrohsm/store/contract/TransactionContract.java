// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.bytes;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** Atomic, isolated, and used as they should be. */
public interface TransactionContract extends StoreFixture {
    @Test
    default void a_write_returns_what_its_work_returns() {
        assertEquals("done", store().write(writer -> "done"));
        assertEquals("seen", store().read(reader -> "seen"));
    }

    @Test
    default void an_exception_undoes_everything_and_passes_through() {
        TokenRow kept = token(1);
        change(writer -> {
            writer.insertToken(kept);
            writer.insertObject(object(kept));
            writer.putEntry(kept.id(), "name", bytes("kept"));
            writer.appendAudit(audit(0));
        });
        UnsupportedOperationException thrown = new UnsupportedOperationException("on purpose");
        Throwable caught = assertThrows(
                UnsupportedOperationException.class,
                () -> change(writer -> {
                    writer.insertToken(token(2));
                    writer.updateToken(new TokenRow(kept.id(), kept.slot(), bytes("changed")));
                    writer.deleteObjects(kept.id());
                    writer.insertObject(object(kept));
                    writer.insertObject(object(kept));
                    writer.putEntry(kept.id(), "name", bytes("changed"));
                    writer.putEntry(Scopes.STORE, "new", bytes("new"));
                    writer.appendAudit(audit(1));
                    throw thrown;
                }));
        assertSame(thrown, caught);
        store().read(reader -> {
            assertEquals(1, reader.tokens().size());
            assertArrayEquals(
                    kept.sealed(), reader.token(kept.id()).orElseThrow().sealed());
            assertEquals(1, reader.countObjects(kept.id()));
            assertArrayEquals(bytes("kept"), reader.entry(kept.id(), "name").orElseThrow());
            assertTrue(reader.entry(Scopes.STORE, "new").isEmpty());
            assertEquals(0, reader.lastAudit().orElseThrow());
            return true;
        });
        change(writer -> writer.appendAudit(audit(1)));
        assertEquals(2, store().read(reader -> reader.audit(0, 10)).size());
    }

    @Test
    default void an_undone_token_deletion_leaves_its_objects_and_entries() {
        TokenRow token = token(1);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object(token));
            writer.putEntry(token.id(), "name", bytes("value"));
        });
        assertThrows(
                UnsupportedOperationException.class,
                () -> change(writer -> {
                    writer.deleteToken(token.id());
                    throw new UnsupportedOperationException("on purpose");
                }));
        assertEquals(1, store().read(reader -> reader.countObjects(token.id())).longValue());
        assertTrue(store().read(reader -> reader.entry(token.id(), "name")).isPresent());
    }

    @Test
    default void a_writer_sees_its_own_changes() {
        TokenRow token = token(4);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object(token));
            writer.putEntry(Scopes.STORE, "name", bytes("value"));
            writer.appendAudit(audit(0));
            assertEquals(4, writer.token(token.id()).orElseThrow().slot());
            assertEquals(1, writer.countObjects(token.id()));
            assertTrue(writer.entry(Scopes.STORE, "name").isPresent());
            assertEquals(0, writer.lastAudit().orElseThrow());
            writer.deleteToken(token.id());
            assertEquals(0, writer.countObjects(token.id()));
            assertTrue(writer.tokens().isEmpty());
        });
    }

    @Test
    default void a_read_inside_a_write_joins_it() {
        TokenRow token = token(4);
        change(writer -> {
            writer.insertToken(token);
            assertEquals(1, store().read(reader -> reader.tokens().size()).intValue());
        });
    }

    @Test
    default void a_read_inside_a_read_keeps_the_snapshot() throws Exception {
        change(writer -> writer.insertToken(token(1)));
        store().read(reader -> {
            assertEquals(1, reader.tokens().size());
            elsewhere(() -> change(writer -> writer.insertToken(token(2))));
            assertEquals(1, store().read(inner -> inner.tokens().size()).intValue());
            return true;
        });
        assertEquals(2, store().read(reader -> reader.tokens().size()).intValue());
    }

    @Test
    default void a_reader_keeps_its_snapshot_while_others_commit() {
        TokenRow token = token(1);
        change(writer -> {
            writer.insertToken(token);
            writer.insertObject(object(token));
        });
        store().read(reader -> {
            assertEquals(1, reader.countObjects(token.id()));
            elsewhere(() -> change(writer -> {
                writer.insertObject(object(token));
                writer.putEntry(token.id(), "name", bytes("later"));
                writer.appendAudit(audit(0));
            }));
            elsewhere(() -> change(writer -> writer.deleteToken(token.id())));
            assertEquals(1, reader.countObjects(token.id()));
            assertEquals(1, reader.findObjects(token.id(), Map.of(), 0, 10).size());
            assertTrue(reader.entry(token.id(), "name").isEmpty());
            assertTrue(reader.lastAudit().isEmpty());
            assertTrue(reader.audit(0, 10).isEmpty());
            return true;
        });
        assertTrue(store().read(StoreReader::tokens).isEmpty());
    }

    @Test
    default void a_reader_waits_for_no_writer_and_sees_nothing_uncommitted() {
        change(writer -> {
            writer.insertToken(token(1));
            elsewhere(() -> assertTrue(store().read(StoreReader::tokens).isEmpty()));
        });
    }

    @Test
    default void a_write_inside_a_transaction_is_refused_and_does_not_disturb_it() {
        change(writer -> {
            writer.insertToken(token(1));
            assertThrows(IllegalStateException.class, () -> store().write(inner -> true));
        });
        store().read(reader -> assertThrows(IllegalStateException.class, () -> store().write(inner -> true)));
        assertEquals(1, store().read(StoreReader::tokens).size());
    }

    @Test
    default void a_conflict_that_was_caught_inside_still_undoes_the_transaction() {
        TokenRow token = token(1);
        StoreConflictException conflict = assertThrows(
                StoreConflictException.class,
                () -> change(writer -> {
                    writer.insertToken(token);
                    assertThrows(StoreConflictException.class, () -> writer.insertToken(token));
                }));
        assertEquals(StoreException.Kind.CONFLICT, conflict.kind());
        assertTrue(store().read(StoreReader::tokens).isEmpty());
        change(writer -> writer.insertToken(token));
        assertEquals(1, store().read(StoreReader::tokens).size());
    }

    @Test
    default void a_conflict_that_was_caught_before_any_change_is_not_hidden() {
        assertThrows(
                StoreConflictException.class,
                () -> change(writer -> assertThrows(StoreConflictException.class, () -> writer.updateToken(token(1)))));
    }

    @Test
    default void a_reader_or_writer_kept_after_its_transaction_is_refused() {
        StoreReader reader = store().read(Function.identity());
        StoreWriter writer = store().write(Function.identity());
        assertThrows(IllegalStateException.class, reader::tokens);
        assertThrows(IllegalStateException.class, writer::tokens);
        assertThrows(IllegalStateException.class, () -> writer.insertToken(token(1)));
        assertThrows(IllegalStateException.class, () -> writer.putEntry(Scopes.STORE, "name", bytes("value")));
        assertTrue(store().read(StoreReader::tokens).isEmpty());
    }

    @Test
    default void a_closed_store_says_so_and_may_be_closed_again() {
        store().close();
        store().close();
        for (StoreException refusal : List.of(
                assertThrows(StoreException.class, () -> store().read(StoreReader::tokens)),
                assertThrows(StoreException.class, () -> store().write(StoreReader::tokens)),
                assertThrows(StoreException.class, () -> store().revision()))) {
            assertEquals(StoreException.Kind.CLOSED, refusal.kind());
        }
        assertFalse(store().location().isEmpty());
    }

    @Test
    default void a_store_is_not_closed_inside_a_transaction() {
        store().read(reader -> assertThrows(IllegalStateException.class, () -> store().close()));
        change(writer -> assertThrows(IllegalStateException.class, () -> store().close()));
        assertTrue(store().read(StoreReader::tokens).isEmpty());
    }

    /** Runs {@code work} to its end in another thread. */
    private static void elsewhere(Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, Boolean.TRUE);
        new Thread(task, "elsewhere").start();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
