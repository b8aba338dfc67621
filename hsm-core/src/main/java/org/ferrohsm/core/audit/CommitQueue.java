// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.jspecify.annotations.Nullable;

/** Group commit: while one thread's transaction is being made durable, the others queue up and share the next one. */
final class CommitQueue {
    private static final int MAX_SHARED = 256;
    private static final long PAUSE_NANOS = 50_000;
    private static final int MAX_PAUSES = 20;

    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread commits for all that wait. No lock: those that it has served need not get hold of it again. */
    private final AtomicBoolean leads = new AtomicBoolean();

    private final Function<List<List<AuditEvent>>, List<Long>> commit;

    /** How many appends the last commit was for; for the thread that leads alone. */
    private int lastShared;

    /** {@code commit} makes batches durable in one transaction and returns each one's first number. */
    CommitQueue(Function<List<List<AuditEvent>>, List<Long>> commit) {
        this.commit = commit;
    }

    /** Returns the first number once the events are durable. */
    long append(List<AuditEvent> events) {
        Waiting mine = new Waiting(events);
        waiting.add(mine);
        boolean interrupted = false;
        while (!mine.done) {
            if (!leads.compareAndSet(false, true)) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
                continue;
            }
            try {
                if (!mine.done) {
                    commitNext();
                }
            } finally {
                leads.set(false);
                wake(waiting.peek());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine.result();
    }

    private static void wake(@Nullable Waiting sleeping) {
        if (sleeping != null) {
            LockSupport.unpark(sleeping.thread);
        }
    }

    /** How many appends wait for a commit to come. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Waits for a moment until as many append as shared the last commit. They were answered together and come back together:
     * without this the first would go alone and all others wait for two commits.
     */
    private void gather() {
        for (int i = 0; i < MAX_PAUSES && waiting.size() < lastShared; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void commitNext() {
        gather();
        List<Waiting> shared = new ArrayList<>();
        Waiting next = waiting.poll();
        while (next != null) {
            shared.add(next);
            next = shared.size() < MAX_SHARED ? waiting.poll() : null;
        }
        lastShared = shared.size();
        try {
            List<Long> numbers = commit.apply(shared.stream().map(w -> w.events).toList());
            for (int i = 0; i < shared.size(); i++) {
                shared.get(i).first = numbers.get(i);
                shared.get(i).written = true;
            }
        } catch (HsmException e) {
            shared.forEach(w -> w.failure = e);
        } finally {
            for (Waiting served : shared) {
                served.done = true;
                wake(served);
            }
        }
    }

    /** One thread's events and what became of them. */
    private static final class Waiting {
        private final List<AuditEvent> events;
        private final Thread thread = Thread.currentThread();

        /** Written last, and so what the other fields hold is seen by whoever sees it. */
        private volatile boolean done;

        private boolean written;
        private long first;
        private @Nullable HsmException failure;

        Waiting(List<AuditEvent> events) {
            this.events = events;
        }

        long result() {
            if (written) {
                return first;
            }
            if (failure == null) {
                throw Fault.DEVICE_ERROR.because("the audit record cannot be written: its writer was stopped");
            }
            throw failure.fault().because(String.valueOf(failure.getMessage()), failure);
        }
    }
}
