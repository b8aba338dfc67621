// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.ledger;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Time that no step of the clock holds up or turns back: not before the latest time on record, and since that as far on as
 * the machine's own uninterrupted count of nanoseconds.
 *
 * @param clock wall time
 * @param nanos monotonic time in nanoseconds, one count for all processes of a boot
 * @param boot names the machine's boot
 */
public record GovernanceTime(Clock clock, LongSupplier nanos, String boot) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * A moment on record.
     *
     * @param millis since 1970-01-01T00:00Z
     * @param nanos of the boot's count, 0 or more
     * @param boot which boot's
     */
    record Mark(long millis, long nanos, String boot) {
        static final Mark NEVER = new Mark(0, 0, "-");
    }

    Mark now(Mark last) {
        long counted = Math.max(0, nanos.getAsLong());
        long passed = boot.equals(last.boot) ? Math.max(0, counted - last.nanos) / NANOS_PER_MILLI : 0;
        return new Mark(Math.max(clock.millis(), last.millis + passed), counted, boot);
    }
}
