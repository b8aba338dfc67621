// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets keys be used at the speed of memory while no use goes unrecorded: before the first use of a key in a session there
 * is a durable record of how many uses, and for how long, are covered; afterwards one of how many there were. A crash
 * leaves the first alone, which bounds what happened.
 *
 * <p>Where a record cannot be written the use fails, as {@link AuditLog} says, before it begins. Nothing here may be
 * called inside a transaction.
 */
public final class UsageLeases {
    private static final int STRIPES = 64;

    /** The most expired leases that the opening of another one closes on its way. */
    private static final int MAX_SWEPT = 256;

    private final AuditLog log;
    private final LeaseTerms terms;
    private final LongSupplier nanos;

    private final ConcurrentHashMap<LeaseKey, CountedLease> open = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Set<CountedLease>> bySession = new ConcurrentHashMap<>();

    /** In the order of opening, which is that of expiry; those closed before are dropped on the way. */
    private final ConcurrentLinkedQueue<CountedLease> byAge = new ConcurrentLinkedQueue<>();

    /** Ended, but the closing record could not be written; the next transaction tries again. */
    private final ConcurrentLinkedQueue<CountedLease> unrecorded = new ConcurrentLinkedQueue<>();

    /** One lease at a time is opened for a key. */
    private final Object[] stripes = new Object[STRIPES];

    /** {@code nanos} is monotonic time in nanoseconds. */
    public UsageLeases(AuditLog log, LeaseTerms terms, LongSupplier nanos) {
        this.log = log;
        this.terms = terms;
        this.nanos = nanos;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /**
     * Begins one use of a key.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_MEMORY or DEVICE_ERROR if the use must not begin because the
     *     lease cannot be recorded
     */
    public Lease acquire(LeaseKey key) {
        if (terms.recordsEachUse()) {
            return new RecordedUse(log, key);
        }
        CountedLease lease = open.get(key);
        if (lease != null && lease.reserve(nanos.getAsLong())) {
            return lease;
        }
        return renew(key);
    }

    /**
     * Ends a session's leases and records the exact counts. A use that has begun counts; whether it failed counts if it
     * was known by then.
     *
     * @throws org.ferrohsm.core.fault.HsmException if the counts cannot be recorded now; they will be with a later record
     */
    public void closeSession(long session) {
        close(take(session));
    }

    /** {@link #closeSession} for several sessions in one transaction. */
    public void closeSessions(Collection<Long> sessions) {
        List<CountedLease> ended = new ArrayList<>();
        sessions.forEach(session -> ended.addAll(take(session)));
        close(ended);
    }

    /** Ends all leases in one transaction, and records what could not be recorded before. */
    public void closeAll() {
        List<CountedLease> ended = new ArrayList<>();
        bySession.keySet().forEach(session -> ended.addAll(take(session)));
        addUnrecorded(ended);
        close(ended);
    }

    private CountedLease renew(LeaseKey key) {
        synchronized (stripes[Math.floorMod(key.hashCode(), STRIPES)]) {
            long now = nanos.getAsLong();
            CountedLease current = open.get(key);
            if (current != null && current.reserve(now)) {
                return current;
            }
            List<CountedLease> ended = new ArrayList<>();
            if (current != null && end(current)) {
                ended.add(current);
            }
            sweep(now, ended);
            addUnrecorded(ended);
            long seq = append(ended, CountedLease.opening(key, terms));
            CountedLease lease = new CountedLease(key, terms, seq, now);
            bySession.compute(key.session(), (session, leases) -> {
                Set<CountedLease> all = leases == null ? ConcurrentHashMap.newKeySet() : leases;
                all.add(lease);
                return all;
            });
            byAge.add(lease);
            open.put(key, lease);
            if (lease.isFrozen()) {
                // Its session was closed meanwhile.
                open.remove(key, lease);
            }
            return lease;
        }
    }

    /** Ends leases that have outlived their time, so that they do not pile up in a session that goes on. */
    private void sweep(long now, List<CountedLease> ended) {
        CountedLease oldest = byAge.peek();
        while (oldest != null && ended.size() < MAX_SWEPT && (oldest.isFrozen() || oldest.isExpired(now))) {
            if (byAge.remove(oldest) && end(oldest)) {
                ended.add(oldest);
            }
            oldest = byAge.peek();
        }
    }

    /** True for the one caller that has to record the lease's end. */
    private boolean end(CountedLease lease) {
        if (!lease.freeze()) {
            return false;
        }
        open.remove(lease.key(), lease);
        bySession.computeIfPresent(lease.key().session(), (session, leases) -> {
            leases.remove(lease);
            return leases.isEmpty() ? null : leases;
        });
        return true;
    }

    private List<CountedLease> take(long session) {
        Set<CountedLease> leases = bySession.remove(session);
        if (leases == null) {
            return List.of();
        }
        List<CountedLease> ended = new ArrayList<>(leases.size());
        for (CountedLease lease : leases) {
            if (lease.freeze()) {
                open.remove(lease.key(), lease);
                ended.add(lease);
            }
        }
        return ended;
    }

    private void addUnrecorded(List<CountedLease> ended) {
        CountedLease lease = unrecorded.poll();
        while (lease != null) {
            ended.add(lease);
            lease = unrecorded.poll();
        }
    }

    private void close(List<CountedLease> ended) {
        if (!ended.isEmpty()) {
            append(ended, null);
        }
    }

    /** Records the end of leases and, if there is one, the opening of the next; returns the last record's number. */
    private long append(List<CountedLease> ended, @Nullable AuditEvent opening) {
        List<AuditEvent> events = new ArrayList<>(ended.size() + 1);
        ended.forEach(lease -> events.add(lease.closing()));
        if (opening != null) {
            events.add(opening);
        }
        boolean done = false;
        try {
            long last = log.append(events) + events.size() - 1;
            done = true;
            return last;
        } finally {
            if (!done) {
                unrecorded.addAll(ended);
            }
        }
    }
}
