// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.concurrent.atomic.AtomicLong;
import org.ferrohsm.core.fault.Fault;

/** A lease whose opening is on record. Its uses are counted as they begin, without I/O and without a lock. */
final class CountedLease implements Lease {
    private static final long FROZEN = Long.MIN_VALUE;

    private final LeaseKey key;
    private final LeaseTerms terms;
    private final long openedSeq;
    private final long deadlineNanos;

    /** Uses begun, beyond the terms' maximum where some were refused; negative once frozen. */
    private final AtomicLong uses = new AtomicLong(1);

    private final AtomicLong failures = new AtomicLong();

    /** What {@link #uses} was when it was frozen. */
    private volatile long finalUses;

    /** A lease whose first use begins at once. */
    CountedLease(LeaseKey key, LeaseTerms terms, long openedSeq, long openedNanos) {
        this.key = key;
        this.terms = terms;
        this.openedSeq = openedSeq;
        this.deadlineNanos = openedNanos + terms.maxSeconds() * 1_000_000_000L;
    }

    LeaseKey key() {
        return key;
    }

    /** Begins a use; false if the lease covers no more. */
    boolean reserve(long nowNanos) {
        if (isExpired(nowNanos)) {
            return false;
        }
        long before = uses.getAndIncrement();
        return before >= 0 && before < terms.maxUses();
    }

    boolean isExpired(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    boolean isFrozen() {
        return uses.get() < 0;
    }

    /** Ends the lease; true for the one caller that has to see to its closing record. */
    boolean freeze() {
        long before = uses.getAndSet(FROZEN);
        if (before < 0) {
            return false;
        }
        finalUses = Math.min(before, terms.maxUses());
        return true;
    }

    AuditEvent closing() {
        return key.event(AuditAction.KEY_USE_CLOSE)
                .detail("operation", key.operation().name())
                .detail("lease", openedSeq)
                .detail("uses", finalUses)
                .detail("failures", failures.get())
                .build();
    }

    static AuditEvent opening(LeaseKey key, LeaseTerms terms) {
        return key.event(AuditAction.KEY_USE_OPEN)
                .detail("operation", key.operation().name())
                .detail("uses", terms.maxUses())
                .detail("seconds", terms.maxSeconds())
                .build();
    }

    @Override
    public void used() {
        // Counted when it began.
    }

    @Override
    public void failed(Fault fault) {
        failures.incrementAndGet();
    }
}
