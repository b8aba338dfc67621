// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A part of the week.
 *
 * @param days on these days
 * @param from from this time on
 * @param to until before this time, later on the same day; midnight means the day's end
 * @param zone by the clocks there
 */
record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    boolean contains(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        LocalTime time = there.toLocalTime();
        return days.contains(there.getDayOfWeek())
                && !time.isBefore(from)
                && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
    }
}
