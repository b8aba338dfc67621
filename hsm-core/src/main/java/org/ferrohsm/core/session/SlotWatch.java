// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The slots as an application has last been told of them (PKCS#11 3.2 section 5.5.4). */
public final class SlotWatch {
    private final NavigableMap<Long, Optional<UUID>> told;

    /** From {@code now} on. */
    public SlotWatch(NavigableMap<Long, Optional<UUID>> now) {
        told = new TreeMap<>(now);
    }

    /** A slot that is not as it was, of which the application is told by this. */
    public synchronized OptionalLong next(NavigableMap<Long, Optional<UUID>> now) {
        TreeSet<Long> slots = new TreeSet<>(told.keySet());
        slots.addAll(now.keySet());
        for (long slot : slots) {
            Optional<UUID> content = now.get(slot);
            if (content == null) {
                told.remove(slot);
                return OptionalLong.of(slot);
            }
            if (!content.equals(told.put(slot, content))) {
                return OptionalLong.of(slot);
            }
        }
        return OptionalLong.empty();
    }
}
