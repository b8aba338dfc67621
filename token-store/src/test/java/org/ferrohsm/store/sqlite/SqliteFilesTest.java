// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disk: names, permissions, settings, indexes. */
class SqliteFilesTest {
    @TempDir
    Path folder;

    @Test
    void all_files_and_folders_are_their_owners_alone_and_no_other_is_left() throws IOException {
        Path outer = folder.resolve("a");
        Path inner = outer.resolve("b");
        try (SqliteStore store = SqliteStore.open(inner.resolve("store.db"))) {
            StoreChild.countOn(store);
            assertEquals(Set.of("store.db", "store.db-wal", "store.db-shm", "store.db-rev"), names(inner));
            for (String name : names(inner)) {
                assertMode("rw-------", inner.resolve(name));
            }
            assertMode("rwx------", inner);
            assertMode("rwx------", outer);
        }
        assertEquals(Set.of("store.db", "store.db-rev"), names(inner));
    }

    @Test
    void whom_the_owner_lets_in_is_let_in_to_the_companions_too() throws IOException {
        Path file = folder.resolve("store.db");
        SqliteStore.open(file).close();
        Files.delete(folder.resolve("store.db-rev"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        try (SqliteStore store = SqliteStore.open(file)) {
            StoreChild.countOn(store);
            for (String name : names(folder)) {
                assertMode("rw-rw----", folder.resolve(name));
            }
        }
    }

    @Test
    void a_symbolic_link_leads_to_the_same_store_and_companions() throws IOException {
        Path file = folder.resolve("real").resolve("store.db");
        SqliteStore.open(file).close();
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        try (SqliteStore one = SqliteStore.open(file);
                SqliteStore other = SqliteStore.open(link)) {
            StoreChild.countOn(one);
            assertEquals(one.revision(), other.revision());
            assertEquals(1, other.read(StoreChild::counter).longValue());
            assertEquals(one.location(), other.location());
        }
    }

    @Test
    void every_search_by_index_columns_uses_an_index_and_sorts_nothing() {
        try (SqliteStore store = SqliteStore.open(folder.resolve("store.db"));
                Session session = Database.at(folder.resolve("store.db")).openReader()) {
            StoreChild.countOn(store);
            for (int bits = 0; bits < 1 << IndexColumn.values().length; bits++) {
                Set<IndexColumn> given = EnumSet.noneOf(IndexColumn.class);
                IndexColumn[] all = IndexColumn.values();
                for (int i = 0; i < all.length; i++) {
                    if ((bits >> i & 1) == 1) {
                        given.add(all[i]);
                    }
                }
                String plan = plan(session, ObjectColumns.select(given));
                assertTrue(plan.contains("SEARCH object USING INDEX object_by_"), plan);
                assertTrue(plan.contains("rowid>?"), plan);
                assertTrue(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), plan);
            }
            assertTrue(plan(session, ObjectColumns.select(Set.of(IndexColumn.OBJECT_CLASS, IndexColumn.ID)))
                    .contains("object_by_key_id (token=? AND key_id=? AND rowid>?)"));
        }
    }

    @Test
    void single_rows_are_found_without_a_scan() {
        try (SqliteStore store = SqliteStore.open(folder.resolve("store.db"));
                Session session = Database.at(folder.resolve("store.db")).openReader()) {
            StoreChild.countOn(store);
            for (String sql : List.of(
                    "SELECT version FROM object WHERE token = (SELECT number FROM token WHERE id = ?) AND id = ?",
                    "SELECT value FROM entry WHERE scope = ? AND name = ?",
                    "DELETE FROM object WHERE token = ?",
                    "SELECT seq FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?")) {
                String plan = plan(session, sql);
                assertTrue(plan.contains("SEARCH") && !plan.contains("SCAN"), plan);
            }
        }
    }

    @Test
    void what_is_deleted_is_overwritten() throws IOException {
        Path file = folder.resolve("store.db");
        byte[] secret = "a text that is nowhere else in this file".getBytes(StandardCharsets.UTF_8);
        try (SqliteStore store = SqliteStore.open(file)) {
            store.write(writer -> {
                writer.putEntry(new UUID(1, 1), "name", secret);
                return true;
            });
        }
        assertTrue(contains(Files.readAllBytes(file), secret));
        try (SqliteStore store = SqliteStore.open(file)) {
            store.write(writer -> {
                writer.removeEntry(new UUID(1, 1), "name");
                return true;
            });
        }
        assertTrue(!contains(Files.readAllBytes(file), secret));
    }

    @Test
    void a_deleted_token_leaves_no_row_behind() {
        Path file = folder.resolve("store.db");
        try (SqliteStore store = SqliteStore.open(file);
                Session session = Database.at(file).openReader()) {
            StoreChild.countOn(store);
            UUID token = store.read(reader -> reader.tokens().get(0).id());
            store.write(writer -> {
                writer.putEntry(token, "name", new byte[1]);
                writer.removeEntry(Scopes.STORE, "counter");
                writer.deleteToken(token);
                return true;
            });
            for (String table : List.of("token", "object", "entry")) {
                assertEquals(
                        0,
                        session.value("SELECT count(*) FROM " + table, row -> row.getInt(1))
                                .intValue());
            }
        }
    }

    private static String plan(Session session, String sql) {
        return String.join("\n", session.all("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail")));
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static void assertMode(String mode, Path file) throws IOException {
        assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
    }
}
