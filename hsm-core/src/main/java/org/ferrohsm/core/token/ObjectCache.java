// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.store.api.ObjectRow;
import org.jspecify.annotations.Nullable;

/**
 * Opened objects of one token, each good as long as the store says that its version is the newest. While the store's
 * revision has not moved, nothing is asked.
 */
final class ObjectCache {
    private static final class Opened {
        final HsmObject object;
        volatile long goodAt;

        Opened(HsmObject object, long goodAt) {
            this.object = object;
            this.goodAt = goodAt;
        }
    }

    private final Transactions store;
    private final ObjectSealer sealer;
    private final Map<UUID, Opened> opened = new ConcurrentHashMap<>();

    ObjectCache(Transactions store, ObjectSealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    /**
     * The object's newest version, or null if it is gone.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it has been changed or damaged
     */
    @Nullable
    HsmObject get(UUID id, TokenKeys keys) {
        long revision = store.revision();
        Opened known = opened.get(id);
        if (known != null && known.goodAt == revision) {
            return known.object;
        }
        if (known != null) {
            OptionalLong version = store.read(reader -> reader.objectVersion(keys.token(), id));
            if (version.isPresent() && version.getAsLong() == known.object.version()) {
                known.goodAt = revision;
                return known.object;
            }
            forget(id);
        }
        Optional<ObjectRow> row = store.read(reader -> reader.object(keys.token(), id));
        return row.isEmpty() ? null : keep(sealer.open(row.get(), keys), revision);
    }

    private HsmObject keep(HsmObject object, long revision) {
        Opened mine = new Opened(object, revision);
        Opened other = opened.putIfAbsent(object.id(), mine);
        if (other == null || other.object.version() != object.version()) {
            opened.put(object.id(), mine);
            return object;
        }
        object.close();
        return other.object;
    }

    /** Lets go of an object without wiping it: an operation of another thread may hold it still. */
    void forget(UUID id) {
        opened.remove(id);
    }

    /** Wipes the private objects: their user has logged out. */
    void closePrivate() {
        opened.values().removeIf(entry -> {
            if (entry.object.isPrivate()) {
                entry.object.close();
                return true;
            }
            return false;
        });
    }
}
