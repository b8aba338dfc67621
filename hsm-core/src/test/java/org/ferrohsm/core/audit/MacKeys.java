// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.List;

/** All epochs' keys, from the first one on: what a forger dreams of. */
final class MacKeys implements AutoCloseable {
    private final List<EpochKey> keys = new ArrayList<>();

    MacKeys(EpochKey first) {
        keys.add(first.copy());
    }

    EpochKey of(long epoch) {
        while (keys.size() <= epoch) {
            keys.add(keys.get(keys.size() - 1).next());
        }
        return keys.get((int) epoch);
    }

    @Override
    public void close() {
        keys.forEach(EpochKey::close);
    }
}
