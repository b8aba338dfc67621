// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one file, living and dying. */
class SqliteProcessesTest {
    @TempDir
    Path folder;

    @Test
    void each_process_sees_the_others_commits_and_their_revisions_at_once() throws Exception {
        Path file = folder.resolve("store.db");
        try (SqliteStore store = SqliteStore.open(file);
                StoreChild child = StoreChild.start(file)) {
            assertEquals("open", child.answer());
            Set<Long> revisions = new HashSet<>();
            for (long i = 1; i <= 50; i++) {
                assertTrue(revisions.add(store.revision()));
                assertEquals(store.revision(), Long.parseLong(child.ask("revision")));
                if (i % 2 == 0) {
                    assertEquals(i, StoreChild.countOn(store));
                } else {
                    assertEquals(i, Long.parseLong(child.ask("count")));
                }
                assertEquals(i, store.read(StoreChild::counter).longValue());
                assertEquals(i, Long.parseLong(child.ask("counter")));
            }
        }
    }

    @Test
    void processes_that_open_a_new_store_at_once_share_it() throws Exception {
        Path file = folder.resolve("new").resolve("store.db");
        int processes = 4;
        try (StoreChild a = StoreChild.start(file);
                StoreChild b = StoreChild.start(file);
                StoreChild c = StoreChild.start(file);
                StoreChild d = StoreChild.start(file)) {
            for (StoreChild child : List.of(a, b, c, d)) {
                assertEquals("open", child.answer());
            }
            for (StoreChild child : List.of(a, b, c, d)) {
                long before = Long.parseLong(a.ask("revision"));
                child.ask("count");
                assertNotEquals(before, Long.parseLong(a.ask("revision")));
            }
            assertEquals(processes, Long.parseLong(d.ask("counter")));
        }
    }

    @Test
    void writers_of_several_processes_follow_one_another_and_no_increment_is_lost() throws Exception {
        Path file = folder.resolve("store.db");
        try (SqliteStore store = SqliteStore.open(file);
                StoreChild a = StoreChild.start(file);
                StoreChild b = StoreChild.start(file);
                StoreChild c = StoreChild.start(file)) {
            List<StoreChild> children = List.of(a, b, c);
            for (StoreChild child : children) {
                assertEquals("open", child.answer());
            }
            for (StoreChild child : children) {
                child.order("count to a hundred");
            }
            for (StoreChild child : children) {
                assertTrue(Long.parseLong(child.answer()) >= 100);
            }
            assertWhole(store, 300);
            assertEquals(300, store.read(StoreChild::counter).longValue());
            assertEquals(store.revision(), Long.parseLong(a.ask("revision")));
        }
    }

    @Test
    void a_killed_writer_loses_no_acknowledged_commit_and_leaves_no_part_of_one() throws Exception {
        Path file = folder.resolve("store.db");
        long acknowledged = 0;
        try (SqliteStore watcher = SqliteStore.open(file)) {
            for (int kill = 0; kill < 12; kill++) {
                long before = watcher.revision();
                try (StoreChild child = StoreChild.start(file)) {
                    assertEquals("open", child.answer());
                    acknowledged = Long.parseLong(child.ask("count for ever"));
                    assertNotEquals(before, watcher.revision());
                    for (int i = 0; i < 3 * kill; i++) {
                        acknowledged = Long.parseLong(child.answer());
                    }
                    List<String> rest = child.kill();
                    // The last line may have been cut by the kill: a number cut short is still no larger.
                    for (String line : rest) {
                        acknowledged = Math.max(acknowledged, line.isEmpty() ? 0 : Long.parseLong(line));
                    }
                }
                // After the kill the watcher's revision is right: equal answers mean equal content.
                long revision = watcher.revision();
                long held = watcher.read(StoreChild::counter);
                assertEquals(revision, watcher.revision());
                assertTrue(held == acknowledged || held == acknowledged + 1, held + " held, told " + acknowledged);
                assertWhole(watcher, held);
            }
            // A process that was never told of anything agrees, and so does one that opens later.
            try (SqliteStore late = SqliteStore.open(file)) {
                assertEquals(watcher.revision(), late.revision());
                assertWhole(late, late.read(StoreChild::counter));
                long before = watcher.revision();
                StoreChild.countOn(late);
                assertNotEquals(before, watcher.revision());
            }
        }
    }

    private static void assertWhole(SqliteStore store, long count) {
        store.read(reader -> {
            TokenRow token = reader.tokens().get(0);
            assertEquals(count, reader.countObjects(token.id()));
            assertEquals(
                    count,
                    reader.findObjects(token.id(), Map.of(), 0, Integer.MAX_VALUE)
                            .size());
            assertEquals(count - 1, reader.lastAudit().orElseThrow());
            return true;
        });
        assertEquals(1, store.read(StoreReader::tokens).size());
    }
}
