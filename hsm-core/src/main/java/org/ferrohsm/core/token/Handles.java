// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The handles by which one application knows one token's objects; no other application's handle is among them. */
final class Handles {
    private final HandleSource source;
    private final Map<Long, ObjectRef> objects = new ConcurrentHashMap<>();
    private final Map<UUID, Long> handles = new ConcurrentHashMap<>();

    Handles(HandleSource source) {
        this.source = source;
    }

    /** The object's handle, the same as long as it is known here. */
    long of(ObjectRef object) {
        Long known = handles.get(object.id());
        return known != null
                ? known
                : handles.computeIfAbsent(object.id(), id -> {
                    long handle = source.next();
                    objects.put(handle, object);
                    return handle;
                });
    }

    @Nullable
    ObjectRef object(long handle) {
        return objects.get(handle);
    }

    void forget(UUID object) {
        Long handle = handles.remove(object);
        if (handle != null) {
            objects.remove(handle);
        }
    }

    /** A logout ends the handles of private objects for good (PKCS#11 3.2 section 5.6.9). */
    void forgetPrivate() {
        objects.values().stream()
                .filter(ObjectRef::isPrivate)
                .map(ObjectRef::id)
                .toList()
                .forEach(this::forget);
    }
}
