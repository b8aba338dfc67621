// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.jspecify.annotations.Nullable;

/** Group commit: while one thread's transaction is being made durable, the others queue up and share the next one. */
final class CommitQueue {
    private static final int MAX_SHARED = 256;

    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leader = new ReentrantLock();
    private final Function<List<List<AuditEvent>>, List<Long>> commit;

    /** {@code commit} makes batches durable in one transaction and returns each one's first number. */
    CommitQueue(Function<List<List<AuditEvent>>, List<Long>> commit) {
        this.commit = commit;
    }

    /** Returns the first number once the events are durable. */
    long append(List<AuditEvent> events) {
        Waiting mine = new Waiting(events);
        waiting.add(mine);
        leader.lock();
        try {
            while (!mine.done) {
                commitNext();
            }
        } finally {
            leader.unlock();
        }
        return mine.result();
    }

    /** How many appends wait for a commit to come. */
    int waiting() {
        return waiting.size();
    }

    private void commitNext() {
        List<Waiting> shared = new ArrayList<>();
        Waiting next = waiting.poll();
        while (next != null) {
            shared.add(next);
            next = shared.size() < MAX_SHARED ? waiting.poll() : null;
        }
        try {
            List<Long> numbers = commit.apply(shared.stream().map(w -> w.events).toList());
            for (int i = 0; i < shared.size(); i++) {
                shared.get(i).first = numbers.get(i);
                shared.get(i).written = true;
            }
        } catch (HsmException e) {
            shared.forEach(w -> w.failure = e);
        } finally {
            shared.forEach(w -> w.done = true);
        }
    }

    /** One thread's events; its fields are guarded by the leader's lock. */
    private static final class Waiting {
        private final List<AuditEvent> events;
        private boolean done;
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
