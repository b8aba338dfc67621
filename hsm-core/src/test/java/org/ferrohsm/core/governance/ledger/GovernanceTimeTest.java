// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GovernanceTimeTest {
    private static final long HOUR = 3_600_000;
    private static final long START = 100 * HOUR;

    private static GovernanceTime.Mark at(long wall, long monotonicMillis, String boot, GovernanceTime.Mark last) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(wall), ZoneOffset.UTC);
        return new GovernanceTime(clock, () -> monotonicMillis * 1_000_000, boot).now(last);
    }

    @Test
    void a_clock_set_back_an_hour_neither_turns_time_back_nor_holds_it_up() {
        GovernanceTime.Mark before = at(START, 5, "a", GovernanceTime.Mark.NEVER);
        assertEquals(START + 1000, at(START - HOUR + 1000, 1005, "a", before).millis());
        GovernanceTime.Mark later = at(START - HOUR + 1000, 1005, "a", before);
        assertEquals(START + 3000, at(START - HOUR + 3000, 3005, "a", later).millis());
    }

    @Test
    void a_clock_set_forward_an_hour_and_back_has_given_nobody_more_time() {
        GovernanceTime.Mark before = at(START, 5, "a", GovernanceTime.Mark.NEVER);
        GovernanceTime.Mark forward = at(START + HOUR, 6, "a", before);
        assertEquals(START + HOUR, forward.millis());
        assertEquals(START + HOUR + 10, at(START + 11, 16, "a", forward).millis());
    }

    @Test
    void after_another_boot_time_goes_on_from_the_latest_on_record_at_least() {
        GovernanceTime.Mark before = at(START, 5_000_000, "a", GovernanceTime.Mark.NEVER);
        assertEquals(START, at(START - HOUR, 3, "b", before).millis());
        assertEquals(START + HOUR, at(START + HOUR, 3, "b", before).millis());
    }
}
