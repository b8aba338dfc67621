// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/** An application's objects that live in memory, each as long as the session that made it. */
final class SessionObjects {
    private record Held(HsmObject object, long session) {}

    private final Map<UUID, Held> objects = new ConcurrentHashMap<>();

    /** Ids by CKA_ID: the search that applications make most often must not look at every object. */
    private final Map<AttributeValue, Set<UUID>> byId = new ConcurrentHashMap<>();

    private final Map<Long, Set<UUID>> bySession = new ConcurrentHashMap<>();

    /** Adds an object, or puts its next version in place. */
    void put(HsmObject object, long session) {
        Held before = objects.put(object.id(), new Held(object, session));
        if (before != null) {
            unindex(before.object);
        }
        index(object);
        bySession.computeIfAbsent(session, s -> ConcurrentHashMap.newKeySet()).add(object.id());
    }

    @Nullable
    HsmObject get(UUID id) {
        Held held = objects.get(id);
        return held == null ? null : held.object;
    }

    /** The session whose object this is; -1 if there is no such object. */
    long sessionOf(UUID id) {
        Held held = objects.get(id);
        return held == null ? -1 : held.session;
    }

    boolean remove(UUID id) {
        Held held = objects.remove(id);
        if (held == null) {
            return false;
        }
        unindex(held.object);
        bySession.computeIfPresent(held.session, (session, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
        held.object.close();
        return true;
    }

    Stream<HsmObject> search(Template template) {
        AttributeValue id = template.get(Cka.CKA_ID);
        Collection<UUID> candidates = id == null ? objects.keySet() : byId.getOrDefault(id, Set.of());
        return candidates.stream()
                .map(objects::get)
                .filter(held -> held != null && Matching.matches(held.object, template))
                .map(held -> held.object);
    }

    /** Ids of what a session made. */
    Set<UUID> of(long session) {
        return Set.copyOf(bySession.getOrDefault(session, Set.of()));
    }

    /** Ids of private objects. */
    Set<UUID> privates() {
        return objects.values().stream()
                .map(Held::object)
                .filter(HsmObject::isPrivate)
                .map(HsmObject::id)
                .collect(java.util.stream.Collectors.toSet());
    }

    private void index(HsmObject object) {
        AttributeValue id = object.attributes().get(Cka.CKA_ID);
        if (id != null) {
            byId.computeIfAbsent(id, value -> ConcurrentHashMap.newKeySet()).add(object.id());
        }
    }

    private void unindex(HsmObject object) {
        AttributeValue id = object.attributes().get(Cka.CKA_ID);
        if (id != null) {
            byId.computeIfPresent(id, (value, ids) -> {
                ids.remove(object.id());
                return ids.isEmpty() ? null : ids;
            });
        }
    }
}
