// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ferrohsm.core.audit.Anchoring;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.Checkpoints;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/**
 * Makes checkpoints when they are due and takes them to the anchors, beside the operations and when the program ends. What goes wrong with it is told in
 * the log, once until it goes right again.
 */
final class AuditWorker implements AutoCloseable {
    private static final long MILLIS_TO_END = 20_000;
    private static final long REST_NANOS = 15_000_000_000L;

    private final Checkpoints checkpoints;
    private final Anchoring anchoring;
    private final AuditLog audit;
    private final LongSupplier nanos;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private boolean failing;

    /** No anchor is tried again before this time; it was away. */
    private long restsUntilNanos;

    private boolean rests;

    AuditWorker(Checkpoints checkpoints, Anchoring anchoring, AuditLog audit, LongSupplier nanos) {
        this.checkpoints = checkpoints;
        this.anchoring = anchoring;
        this.nanos = nanos;
        this.audit = audit;
        this.thread = new Thread(this::run, "ferrohsm-audit");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!ending.await(1, TimeUnit.SECONDS)) {
                work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            if (checkpoints.isDue()) {
                checkpoints.make();
            }
            if (anchoring.isPending() && !(rests && nanos.getAsLong() - restsUntilNanos < 0)) {
                rests = anchoring.deliver().stream().anyMatch(status -> status.problem() != null);
                restsUntilNanos = nanos.getAsLong() + REST_NANOS;
            }
            failing = false;
        } catch (HsmException e) {
            if (!failing && e.fault() != Fault.DEVICE_MEMORY) {
                failing = true;
                tell(e);
            }
        }
    }

    private void tell(HsmException failure) {
        try {
            audit.append(AuditEvent.of(AuditAction.CHECKPOINT)
                    .failed(failure.fault())
                    .detail("reason", String.valueOf(failure.getMessage()))
                    .build());
        } catch (HsmException e) {
            // The log cannot be written: whoever uses a key learns that from the use itself; here nobody is asking.
            failing = false;
        }
    }

    /** Makes a last checkpoint if it is due. Without interrupting: that would close the store's files. Idempotent. */
    @Override
    public void close() {
        if (ending.getCount() == 0) {
            return;
        }
        ending.countDown();
        try {
            thread.join(MILLIS_TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            work();
        }
    }
}
