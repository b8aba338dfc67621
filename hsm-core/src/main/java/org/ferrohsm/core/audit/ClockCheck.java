// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.jspecify.annotations.Nullable;

/** Time does not run backwards: never within a run of the program, and on one node not beyond a tolerance. */
final class ClockCheck implements MeaningCheck {
    private static final int MAX_RUNS = 4096;
    private static final int MAX_NODES = 1024;

    private final long toleranceMillis;
    private final Map<UUID, Long> monotonic = new RecentMap<>(MAX_RUNS, (boot, last) -> {});
    private final Map<String, Long> wall = new RecentMap<>(MAX_NODES, (node, last) -> {});

    ClockCheck(Duration tolerance) {
        this.toleranceMillis = tolerance.toMillis();
    }

    @Override
    public @Nullable Finding check(AuditRecord record) {
        Long lastMonotonic = monotonic.put(record.boot(), record.monotonicNanos());
        if (lastMonotonic != null && record.monotonicNanos() < lastMonotonic) {
            return rewound(record, "the monotonic time of its run is before the record's before it");
        }
        Long lastWall = wall.get(record.node());
        if (lastWall != null && record.wallMillis() < lastWall - toleranceMillis) {
            return rewound(
                    record, "its time is " + (lastWall - record.wallMillis()) + " ms before an earlier record's");
        }
        wall.merge(record.node(), record.wallMillis(), Math::max);
        return null;
    }

    private static Finding rewound(AuditRecord record, String detail) {
        return new Finding(Damage.CLOCK_REWOUND, record.seq(), detail);
    }
}
