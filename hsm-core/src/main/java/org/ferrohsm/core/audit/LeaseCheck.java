// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Map;
import java.util.Objects;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.jspecify.annotations.Nullable;

/** A lease's end tells of the same key as its beginning, once, and of no more uses than that allowed. */
final class LeaseCheck implements MeaningCheck {
    private static final int MAX_OPEN = 16_384;

    private final Map<Long, AuditRecord> open = new RecentMap<>(MAX_OPEN, this::forget);
    private long forgottenUpTo = -1;
    private long forgotten;

    @Override
    public @Nullable Finding check(AuditRecord record) {
        AuditEvent event = record.event();
        if (event.is(AuditAction.KEY_USE_OPEN)) {
            open.put(record.seq(), record);
            return event.number("uses").isPresent() && event.text("operation").isPresent()
                    ? null
                    : inconsistent(record, "it opens a lease without its terms");
        }
        if (!event.is(AuditAction.KEY_USE_CLOSE)) {
            return null;
        }
        long seq = event.number("lease").orElse(-1);
        AuditRecord opening = open.remove(seq);
        if (opening == null) {
            return seq >= 0 && seq <= forgottenUpTo
                    ? null
                    : inconsistent(record, "it closes a lease that is not open: " + seq);
        }
        if (!isSameKey(opening, record)) {
            return inconsistent(record, "it closes lease " + seq + " of another key, session or run");
        }
        long uses = event.number("uses").orElse(Long.MAX_VALUE);
        if (uses > opening.event().number("uses").orElse(0)
                || event.number("failures").orElse(Long.MAX_VALUE) > uses) {
            return inconsistent(
                    record, "it counts more uses than lease " + seq + " covers, or more failures than uses");
        }
        return null;
    }

    long openLeases() {
        return open.size() + forgotten;
    }

    private void forget(Long seq, AuditRecord opening) {
        forgottenUpTo = Math.max(forgottenUpTo, seq);
        forgotten++;
    }

    private static boolean isSameKey(AuditRecord opening, AuditRecord closing) {
        AuditEvent a = opening.event();
        AuditEvent b = closing.event();
        return opening.boot().equals(closing.boot())
                && Objects.equals(a.actor(), b.actor())
                && Objects.equals(a.session(), b.session())
                && Objects.equals(a.mechanism(), b.mechanism())
                && Objects.equals(a.token(), b.token())
                && Objects.equals(a.object(), b.object())
                && Objects.equals(a.objectVersion(), b.objectVersion())
                && a.text("operation").equals(b.text("operation"));
    }

    private static Finding inconsistent(AuditRecord record, String detail) {
        return new Finding(Damage.LEASE_INCONSISTENT, record.seq(), detail);
    }
}
