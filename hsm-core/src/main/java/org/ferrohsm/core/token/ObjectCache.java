// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

        /** Whether somebody asked for it again since the last sweep. */
        volatile boolean wanted;

        Opened(HsmObject object, long goodAt) {
            this.object = object;
            this.goodAt = goodAt;
        }
    }

    /** Objects that are kept open at most, but for what is added while a sweep runs. */
    static final int LIMIT = 4096;

    /** What a sweep leaves. */
    private static final int AFTER_SWEEP = LIMIT / 8 * 7;

    private final Transactions store;
    private final ObjectSealer sealer;
    private final ConcurrentHashMap<UUID, Opened> opened = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();

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
            if (!known.wanted) {
                known.wanted = true;
            }
            return known.object;
        }
        if (known != null) {
            OptionalLong version = store.read(reader -> reader.objectVersion(keys.token(), id));
            if (version.isPresent() && version.getAsLong() == known.object.version()) {
                known.goodAt = revision;
                known.wanted = true;
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
            if (opened.mappingCount() > LIMIT) {
                sweep();
            }
            return object;
        }
        object.close();
        return other.object;
    }

    /**
     * Lets go of objects that nobody asked for since the last sweep ("second chance"), as many as are too many; one
     * thread sweeps, the others go on.
     */
    private void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            for (int pass = 0; pass < 2; pass++) {
                for (Map.Entry<UUID, Opened> entry : opened.entrySet()) {
                    if (entry.getValue().wanted) {
                        entry.getValue().wanted = false;
                    } else if (opened.mappingCount() > AFTER_SWEEP) {
                        opened.remove(entry.getKey(), entry.getValue());
                    }
                }
            }
        } finally {
            sweeping.set(false);
        }
    }

    /** How many objects are open. */
    long size() {
        return opened.mappingCount();
    }

    /** Lets go of all objects without wiping them. */
    void clear() {
        opened.clear();
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
