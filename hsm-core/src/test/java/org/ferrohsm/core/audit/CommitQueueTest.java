// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitQueueTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch firstBegun = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final List<Integer> sizes = new ArrayList<>();
    private final AtomicLong next = new AtomicLong();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** The first commit lasts until it may end. */
    private List<Long> commit(List<List<AuditEvent>> batches) {
        if (sizes.isEmpty()) {
            firstBegun.countDown();
            awaitUninterrupted(firstMayEnd);
        }
        sizes.add(batches.size());
        return batches.stream().map(batch -> next.getAndAdd(batch.size())).toList();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Future<Long>> startBehindTheFirst(CommitQueue queue, int count) throws Exception {
        List<Future<Long>> results = new ArrayList<>();
        results.add(threads.submit(() -> queue.append(List.of(login()))));
        firstBegun.await();
        for (int i = 0; i < count; i++) {
            Callable<Long> append = () -> queue.append(List.of(login(), login()));
            results.add(threads.submit(append));
        }
        while (queue.waiting() < count) {
            Thread.onSpinWait();
        }
        firstMayEnd.countDown();
        return results;
    }

    @Test
    void appends_that_come_during_a_commit_share_the_next_one() throws Exception {
        List<Future<Long>> results = startBehindTheFirst(new CommitQueue(this::commit), 5);
        List<Long> numbers = new ArrayList<>();
        for (Future<Long> result : results) {
            numbers.add(result.get());
        }
        assertEquals(List.of(1, 5), sizes);
        assertEquals(List.of(0L, 1L, 3L, 5L, 7L, 9L), numbers.stream().sorted().toList());
    }

    @Test
    void a_commit_that_fails_fails_for_all_that_share_it_and_for_no_other() throws Exception {
        CommitQueue queue = new CommitQueue(batches -> {
            List<Long> numbers = commit(batches);
            if (batches.size() > 1) {
                throw Fault.DEVICE_MEMORY.because("full");
            }
            return numbers;
        });
        List<Future<Long>> results = startBehindTheFirst(queue, 3);
        assertEquals(0L, results.get(0).get());
        for (Future<Long> result : results.subList(1, 4)) {
            HsmException failure = assertInstanceOf(HsmException.class, failureOf(result));
            assertEquals(Fault.DEVICE_MEMORY, failure.fault());
        }
        queue.append(List.of(login()));
        assertEquals(List.of(1, 3, 1), sizes);
    }

    @Test
    void an_append_whose_writer_dies_of_an_error_fails_with_device_error() throws Exception {
        CommitQueue queue = new CommitQueue(batches -> {
            List<Long> numbers = commit(batches);
            if (batches.size() > 1) {
                throw new IllegalArgumentException("unforeseen");
            }
            return numbers;
        });
        List<Future<Long>> results = startBehindTheFirst(queue, 2);
        List<Class<?>> failures = new ArrayList<>();
        for (Future<Long> result : results.subList(1, 3)) {
            failures.add(failureOf(result).getClass());
        }
        failures.sort(Comparator.comparing(Class::getSimpleName));
        assertEquals(List.of(HsmException.class, IllegalArgumentException.class), failures);
    }

    private static Throwable failureOf(Future<Long> result) {
        return Objects.requireNonNull(
                assertThrows(ExecutionException.class, result::get).getCause());
    }

    @Test
    void threads_that_append_again_and_again_go_on_sharing_commits() throws Exception {
        AtomicLong commits = new AtomicLong();
        CommitQueue queue = new CommitQueue(batches -> {
            commits.incrementAndGet();
            // As long as a disk takes.
            LockSupport.parkNanos(2_000_000);
            return batches.stream().map(batch -> next.getAndAdd(batch.size())).toList();
        });
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            running.add(threads.submit(() -> {
                for (int j = 0; j < 25; j++) {
                    queue.append(List.of(login()));
                }
            }));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
        assertEquals(400, next.get());
        assertTrue(commits.get() < 200, commits + " commits for 400 appends of 16 threads");
    }
}
