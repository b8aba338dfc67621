// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** Many threads on one store. */
public interface ThreadContract extends StoreFixture {
    /** More than any pool of connections has. */
    int THREADS = 24;

    @Test
    default void writers_follow_one_another_and_no_increment_is_lost() throws Exception {
        long rounds = 10;
        inThreads(THREADS, () -> {
            for (long i = 0; i < rounds; i++) {
                change(writer -> {
                    long count = counter(writer);
                    OptionalLong last = writer.lastAudit();
                    writer.putEntry(
                            Scopes.STORE,
                            "counter",
                            ByteBuffer.allocate(8).putLong(count + 1).array());
                    writer.appendAudit(audit(last.isPresent() ? last.getAsLong() + 1 : 0));
                });
            }
            return true;
        });
        assertEquals(THREADS * rounds, store().read(ThreadContract::counter).longValue());
        assertEquals(THREADS * rounds - 1, store().read(StoreReader::lastAudit).orElseThrow());
    }

    @Test
    default void readers_see_whole_commits_and_never_go_back() throws Exception {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Boolean>> work = new ArrayList<>();
        work.add(() -> {
            try {
                for (int i = 0; i < 40; i++) {
                    change(writer -> {
                        writer.insertObject(object(token));
                        writer.insertObject(object(token));
                    });
                }
                return true;
            } finally {
                done.set(true);
            }
        });
        for (int i = 1; i < THREADS; i++) {
            work.add(() -> {
                long seen = 0;
                while (!done.get()) {
                    long count = store().read(reader -> {
                        long before = reader.countObjects(token.id());
                        assertEquals(before, reader.countObjects(token.id()));
                        return before;
                    });
                    assertEquals(0, count % 2);
                    assertTrue(count >= seen, count + " after " + seen);
                    seen = count;
                }
                return true;
            });
        }
        inThreads(work);
    }

    @Test
    default void what_was_read_at_a_revision_is_right_while_the_revision_stays() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Boolean>> work = new ArrayList<>();
        work.add(() -> {
            try {
                for (long i = 1; i <= 200; i++) {
                    long next = i;
                    long before = store().revision();
                    change(writer -> writer.putEntry(
                            Scopes.STORE,
                            "counter",
                            ByteBuffer.allocate(8).putLong(next).array()));
                    assertTrue(store().revision() != before, "a commit was acknowledged before the revision changed");
                }
                return true;
            } finally {
                done.set(true);
            }
        });
        for (int i = 1; i < 4; i++) {
            work.add(() -> {
                while (!done.get()) {
                    long revision = store().revision();
                    long cached = store().read(ThreadContract::counter);
                    long current = store().read(ThreadContract::counter);
                    if (store().revision() == revision) {
                        // One commit may be readable already and not yet acknowledged.
                        assertTrue(current - cached <= 1, cached + " was taken for right, but it was " + current);
                    }
                }
                return true;
            });
        }
        inThreads(work);
    }

    @Test
    default void the_revision_answers_while_every_reader_is_in_use() throws Exception {
        inThreads(
                THREADS,
                () -> store().read(reader -> {
                    for (int i = 0; i < 100; i++) {
                        reader.tokens();
                        assertTrue(store().revision() >= 0);
                    }
                    return true;
                }));
    }

    private static long counter(StoreReader reader) {
        return reader.entry(Scopes.STORE, "counter")
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    private static void inThreads(int count, Callable<Boolean> work) throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(work);
        }
        inThreads(all);
    }

    private static void inThreads(List<Callable<Boolean>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Boolean> result : threads.invokeAll(work)) {
                assertTrue(result.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
