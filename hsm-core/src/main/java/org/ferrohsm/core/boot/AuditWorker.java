// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.Checkpoints;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/**
 * Makes checkpoints when they are due, beside the operations and when the program ends. What goes wrong with it is told in
 * the log, once until it goes right again.
 */
final class AuditWorker implements AutoCloseable {
    private static final long MILLIS_TO_END = 20_000;

    private final Checkpoints checkpoints;
    private final AuditLog audit;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private boolean failing;

    AuditWorker(Checkpoints checkpoints, AuditLog audit) {
        this.checkpoints = checkpoints;
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
