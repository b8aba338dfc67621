// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A map that forgets what was not asked for longest once it is full, so that a verifier's memory has a bound. */
final class RecentMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int capacity;
    private final transient BiConsumer<K, V> forgotten;

    RecentMap(int capacity, BiConsumer<K, V> forgotten) {
        super(16, 0.75f, true);
        this.capacity = capacity;
        this.forgotten = forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= capacity) {
            return false;
        }
        forgotten.accept(eldest.getKey(), eldest.getValue());
        return true;
    }
}
