// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ferrohsm.store.api.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the revision when a writer dies or the bell's file is harmed. */
class RevisionBellTest {
    @TempDir
    Path folder;

    private Path file;
    private Path bellFile;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("store.db");
        bellFile = folder.resolve("store.db-rev");
        store = SqliteStore.open(file);
        StoreChild.countOn(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_writer_that_dies_before_its_commit_changes_nothing_and_the_next_one_repairs() throws IOException {
        long before = store.revision();
        RevisionBell ofTheDead = bell();
        ofTheDead.announce(before + 1);
        assertEquals(RevisionBell.IN_DOUBT, bell().revision());
        assertEquals(before, store.revision());
        StoreChild.countOn(store);
        assertEquals(before + 1, store.revision());
        assertEquals(before + 1, bell().revision());
    }

    @Test
    void the_commit_of_a_writer_that_died_before_it_could_say_so_is_noticed() throws IOException {
        long before = store.revision();
        RevisionBell ofTheDead = bell();
        try (Session session = Database.at(file).openWriter()) {
            session.begin("BEGIN IMMEDIATE");
            session.update("UPDATE state SET revision = revision + 1");
            ofTheDead.announce(before + 1);
            session.commit();
        }
        assertEquals(before + 1, store.revision());
        StoreChild.countOn(store);
        assertEquals(before + 2, store.revision());
        assertEquals(before + 2, bell().revision());
    }

    @Test
    void settling_late_does_not_hide_the_commit_that_the_next_writer_has_announced() throws IOException {
        long before = store.revision();
        RevisionBell late = bell();
        RevisionBell next = bell();
        late.announce(before + 1);
        next.announce(before + 2);
        late.settle();
        assertEquals(RevisionBell.IN_DOUBT, bell().revision());
        next.settle();
        late.announce(before + 1);
        next.announce(before + 2);
        next.settle();
        late.settle();
        assertEquals(before + 2, bell().revision());
    }

    @Test
    void the_writer_itself_need_not_ask_during_its_commit() throws IOException {
        RevisionBell writing = bell();
        RevisionBell watching = bell();
        long before = writing.revision();
        writing.announce(before + 1);
        assertEquals(before, writing.revision());
        assertEquals(RevisionBell.IN_DOUBT, watching.revision());
        writing.abandon();
        assertEquals(RevisionBell.IN_DOUBT, writing.revision());
    }

    @Test
    void a_bell_that_is_overwritten_is_asked_no_more() throws IOException {
        long before = store.revision();
        overwrite(new byte[24]);
        assertEquals(before, store.revision());
        StoreChild.countOn(store);
        assertNotEquals(before, store.revision());
        assertEquals(2, store.read(StoreChild::counter).longValue());
    }

    @Test
    void a_harmed_bell_is_replaced_when_nobody_else_uses_the_store() throws IOException {
        long before = store.revision();
        store.close();
        for (byte[] harm : new byte[][] {new byte[24], new byte[0], new byte[23], new byte[5000]}) {
            Files.write(bellFile, harm);
            store = SqliteStore.open(file);
            assertTrue(store.revision() > before);
            before = store.revision();
            assertEquals(before, bell().revision());
            store.close();
        }
        Files.delete(bellFile);
        store = SqliteStore.open(file);
        assertTrue(store.revision() > before);
        assertEquals(24, Files.size(bellFile));
    }

    @Test
    void nobody_joins_while_others_listen_to_a_bell_whose_file_is_gone() throws IOException {
        Files.delete(bellFile);
        StoreException refusal = assertThrows(StoreException.class, () -> SqliteStore.open(file));
        assertEquals(StoreException.Kind.BUSY, refusal.kind());
        assertTrue(String.valueOf(refusal.getMessage()).contains(bellFile.toString()), refusal.getMessage());
        long before = store.revision();
        StoreChild.countOn(store);
        assertNotEquals(before, store.revision());
        store.close();
        store = SqliteStore.open(file);
        assertEquals(2, store.read(StoreChild::counter).longValue());
    }

    @Test
    void two_stores_of_one_process_hear_each_other() {
        try (SqliteStore other = SqliteStore.open(file)) {
            long before = other.revision();
            StoreChild.countOn(store);
            assertNotEquals(before, other.revision());
            assertEquals(store.revision(), other.revision());
            assertEquals(2, other.read(StoreChild::counter).longValue());
            StoreChild.countOn(other);
            assertEquals(store.revision(), other.revision());
        }
        StoreChild.countOn(store);
        assertEquals(4, store.read(StoreChild::counter).longValue());
    }

    /** The store's bell, mapped once more as another process would. */
    private RevisionBell bell() throws IOException {
        long id;
        try (Session session = Database.at(file).openReader()) {
            id = session.value("SELECT bell FROM state", row -> row.getLong(1));
        }
        return RevisionBell.map(bellFile, id).orElseThrow();
    }

    private void overwrite(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(bellFile, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }
}
