// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;
import org.ferrohsm.store.api.StoreReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** Every refusal, by its real fault. */
class SqliteRefusalsTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_that_cannot_be_made_is_inaccessible() throws IOException {
        Path blocker = Files.writeString(folder.resolve("file"), "in the way");
        assertRefused(Kind.INACCESSIBLE, blocker.resolve("below").resolve("store.db"));
        assertRefused(Kind.INACCESSIBLE, blocker.resolve("store.db"));
        assertRefused(Kind.INACCESSIBLE, Path.of("/proc/ferrohsm/store.db"));
        assertEquals("in the way", Files.readString(blocker));
    }

    @Test
    void a_folder_in_place_of_the_file_is_inaccessible() throws IOException {
        assertRefused(Kind.INACCESSIBLE, Files.createDirectory(folder.resolve("store.db")));
    }

    @Test
    void a_link_to_nowhere_is_inaccessible() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("store.db"), folder.resolve("nowhere"));
        assertRefused(Kind.INACCESSIBLE, link);
    }

    @Test
    void an_empty_file_and_one_that_is_no_database_are_damaged_and_stay_as_they_are() throws IOException {
        assertRefused(Kind.DAMAGED, Files.createFile(folder.resolve("empty.db")));
        assertEquals(0, Files.size(folder.resolve("empty.db")));
        Path text = Files.writeString(folder.resolve("text.db"), "no database\n".repeat(1000));
        assertRefused(Kind.DAMAGED, text);
        assertTrue(Files.readString(text).startsWith("no database\n"));
    }

    @Test
    void a_damaged_header_and_a_cut_file_are_damaged() throws IOException {
        Path store = filled("store.db");
        Path header = Files.copy(store, folder.resolve("header.db"));
        overwrite(header, 0, new byte[16]);
        assertRefused(Kind.DAMAGED, header);
        Path schema = Files.copy(store, folder.resolve("schema.db"));
        overwrite(schema, 100, new byte[3000]);
        assertRefused(Kind.DAMAGED, schema);
        Path cut = folder.resolve("cut.db");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(store), 3 * 4096));
        assertDamaged(cut);
    }

    @Test
    void damaged_pages_are_damaged_and_never_silently_empty() throws IOException {
        Path store = filled("store.db");
        long pages = Files.size(store) / 4096;
        assertTrue(pages > 20, "a store of " + pages + " pages");
        Path damaged = Files.copy(store, folder.resolve("damaged.db"));
        for (long page = 1; page < pages; page++) {
            overwrite(damaged, page * 4096, new byte[4096]);
        }
        assertDamaged(damaged);
    }

    @Test
    void another_programs_database_is_refused_and_left_alone() throws Exception {
        Path other = folder.resolve("other.db");
        alter(other, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)");
        byte[] before = Files.readAllBytes(other);
        StoreException refusal = assertRefused(Kind.DAMAGED, other);
        assertTrue(String.valueOf(refusal.getMessage()).contains("another program"), refusal.getMessage());
        assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(other)));
        assertFalse(Files.exists(folder.resolve("other.db-rev")));
    }

    @Test
    void a_newer_schema_is_refused_with_what_to_do() throws Exception {
        Path store = filled("store.db");
        alter(store, "PRAGMA user_version = " + (Schema.VERSION + 1));
        StoreException refusal = assertRefused(Kind.INACCESSIBLE, store);
        assertTrue(String.valueOf(refusal.getMessage()).contains("newer FerroHSM"), refusal.getMessage());
    }

    @Test
    void a_database_that_somebody_took_out_of_wal_is_put_back() throws Exception {
        Path store = filled("store.db");
        alter(store, "PRAGMA journal_mode = DELETE");
        SqliteStore.open(store).close();
        try (Session session = Database.at(store).openReader()) {
            assertEquals("wal", session.value("PRAGMA journal_mode", row -> row.getString(1)));
            assertEquals(
                    2, session.value("PRAGMA synchronous", row -> row.getInt(1)).intValue());
        }
    }

    @Test
    void a_store_locked_by_another_program_is_busy() throws Exception {
        Path file = filled("store.db");
        try (Connection other = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
                Statement statement = other.createStatement();
                Session session = Database.at(file).openWriter()) {
            statement.execute("BEGIN IMMEDIATE");
            session.update("PRAGMA busy_timeout = 1");
            StoreException refusal = assertThrows(StoreException.class, () -> session.begin("BEGIN IMMEDIATE"));
            assertEquals(Kind.BUSY, refusal.kind());
        }
    }

    @Test
    void a_full_volume_is_full_and_loses_nothing() throws Exception {
        assertMounts();
        try (StoreChild child = onVolume("mount -t tmpfs -o size=1m tmpfs \"$0\" && exec \"$@\"")) {
            assertEquals("open", child.answer());
            String answer = child.ask("fill");
            assertTrue(answer.startsWith("FULL true "), answer);
            assertTrue(Long.parseLong(child.ask("revision")) > 0);
        }
    }

    @Test
    void a_volume_too_small_for_the_store_is_full_and_keeps_no_rest_of_it() throws Exception {
        assertMounts();
        try (StoreChild child =
                onVolume("mount -t tmpfs -o size=8k tmpfs \"$0\" && \"$@\" </dev/null; ls -A \"$0\"; exit")) {
            String answer = child.answer();
            assertTrue(answer.startsWith("FULL "), answer);
            assertThrows(IOException.class, child::answer);
        }
    }

    @Test
    void a_read_only_volume_is_inaccessible() throws Exception {
        assertMounts();
        try (StoreChild child = onVolume("mount -t tmpfs -o ro tmpfs \"$0\" && exec \"$@\"")) {
            String answer = child.answer();
            assertTrue(answer.startsWith("INACCESSIBLE "), answer);
        }
    }

    @Test
    void a_store_on_a_volume_that_became_read_only_is_inaccessible() throws Exception {
        assertMounts();
        String script = "mount -t tmpfs tmpfs \"$0\" && \"$@\" </dev/null && mount -o remount,ro \"$0\" && exec \"$@\"";
        try (StoreChild child = onVolume(script)) {
            assertEquals("open", child.answer());
            String answer = child.answer();
            assertTrue(answer.startsWith("INACCESSIBLE "), answer);
        }
    }

    private void assertMounts() throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", folder.toString())
                .redirectErrorStream(true)
                .start();
        trial.getInputStream().transferTo(OutputStream.nullOutputStream());
        assumeTrue(trial.waitFor() == 0, "this machine does not let its users mount");
    }

    /** A child whose store is on a volume of its own, mounted by {@code script} at {@code $0}. */
    private StoreChild onVolume(String script) throws IOException {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        return StoreChild.start(volume.resolve("store.db"), "unshare", "-rm", "sh", "-c", script, volume.toString());
    }

    /** A closed store with enough in it to have many pages. */
    private Path filled(String name) {
        Path file = folder.resolve(name);
        try (SqliteStore store = SqliteStore.open(file)) {
            store.write(writer -> {
                for (int i = 0; i < 200; i++) {
                    writer.putEntry(Scopes.STORE, "name " + i, new byte[1000]);
                }
                return true;
            });
        }
        return file;
    }

    private static void assertDamaged(Path file) {
        StoreException refusal = assertThrows(StoreException.class, () -> {
            try (SqliteStore store = SqliteStore.open(file)) {
                store.read(reader -> reader.entry(Scopes.STORE, "name 150").orElseThrow());
                store.read(StoreReader::tokens);
            }
        });
        assertEquals(Kind.DAMAGED, refusal.kind());
        assertTrue(String.valueOf(refusal.getMessage()).contains(file.toString()), refusal.getMessage());
    }

    private static StoreException assertRefused(Kind kind, Path file) {
        StoreException refusal = assertThrows(StoreException.class, () -> SqliteStore.open(file));
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains(file.toString()), refusal.getMessage());
        return refusal;
    }

    private static void alter(Path file, String... statements) throws SQLException {
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }
}
