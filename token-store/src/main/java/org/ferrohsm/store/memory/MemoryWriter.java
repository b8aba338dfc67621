// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.support.Rows;
import org.jspecify.annotations.Nullable;

/** The changes of one transaction: its own maps, which copy a scope or a token's objects when they first touch it. */
final class MemoryWriter extends MemoryReader implements StoreWriter {
    private final Snapshot base;
    private final Map<UUID, Map<String, byte[]>> entries;
    private final Map<UUID, TokenRow> tokens;
    private final Map<UUID, TokenObjects> objects;
    private final Set<UUID> copiedScopes = new HashSet<>();
    private final Set<UUID> copiedTokens = new HashSet<>();
    private long lastPosition;
    private AuditLog audit;
    private boolean changed;
    private @Nullable StoreConflictException conflict;

    MemoryWriter(Snapshot base) {
        super(base);
        this.base = base;
        this.entries = new HashMap<>(base.entries());
        this.tokens = new HashMap<>(base.tokens());
        this.objects = new HashMap<>(base.objects());
        this.lastPosition = base.lastPosition();
        this.audit = base.audit();
    }

    /** What is to be committed: the base itself if nothing was changed. */
    Snapshot result() {
        ready();
        return changed ? snapshot() : base;
    }

    @Override
    public void putEntry(UUID scope, String name, byte[] value) {
        ready();
        ownEntries(scope).put(name, value.clone());
        changed();
    }

    @Override
    public void removeEntry(UUID scope, String name) {
        ready();
        if (ownEntries(scope).remove(name) != null) {
            changed();
        }
    }

    @Override
    public void insertToken(TokenRow row) {
        Rows.check(row);
        ready();
        for (TokenRow other : tokens.values()) {
            if (other.id().equals(row.id()) || other.slot() == row.slot()) {
                throw conflict("The id of token " + row.id() + " or its slot " + row.slot() + " is taken.");
            }
        }
        tokens.put(row.id(), copy(row));
        changed();
    }

    @Override
    public void updateToken(TokenRow row) {
        Rows.check(row);
        ready();
        TokenRow held = tokens.get(row.id());
        if (held == null || held.slot() != row.slot()) {
            throw conflict("There is no token " + row.id() + " in slot " + row.slot() + ".");
        }
        tokens.put(row.id(), copy(row));
        changed();
    }

    @Override
    public void deleteToken(UUID token) {
        ready();
        if (tokens.remove(token) != null) {
            entries.remove(token);
            copiedScopes.remove(token);
            objects.remove(token);
            copiedTokens.remove(token);
            changed();
        }
    }

    @Override
    public void insertObject(ObjectRow row) {
        Rows.check(row, 1);
        ready();
        if (!tokens.containsKey(row.token()) || objects(row.token()).get(row.id()) != null) {
            throw conflict("Object " + row.id() + " exists or there is no token " + row.token() + ".");
        }
        lastPosition++;
        ownObjects(row.token()).add(lastPosition, copy(row));
        changed();
    }

    @Override
    public void updateObject(ObjectRow row) {
        Rows.check(row, 2);
        ready();
        ObjectRow held = objects(row.token()).get(row.id());
        if (held == null || held.version() != row.version() - 1) {
            throw conflict("There is no object " + row.id() + " of version " + (row.version() - 1) + ".");
        }
        ownObjects(row.token()).replace(copy(row));
        changed();
    }

    @Override
    public boolean deleteObject(UUID token, UUID object) {
        ready();
        if (objects(token).get(object) == null) {
            return false;
        }
        ownObjects(token).remove(object);
        changed();
        return true;
    }

    @Override
    public void deleteObjects(UUID token) {
        ready();
        if (objects(token).size() > 0) {
            objects.remove(token);
            copiedTokens.remove(token);
            changed();
        }
    }

    @Override
    public void appendAudit(AuditRow row) {
        Rows.check(row);
        ready();
        if (row.seq() != audit.size()) {
            throw conflict("The next audit record is number " + audit.size() + ", not " + row.seq() + ".");
        }
        audit = audit.append(copy(row));
        changed();
    }

    private Map<String, byte[]> ownEntries(UUID scope) {
        if (copiedScopes.add(scope)) {
            entries.put(scope, new HashMap<>(entries.getOrDefault(scope, Map.of())));
        }
        return Objects.requireNonNull(entries.get(scope));
    }

    private TokenObjects ownObjects(UUID token) {
        if (copiedTokens.add(token)) {
            objects.put(token, new TokenObjects(objects(token)));
        }
        return Objects.requireNonNull(objects.get(token));
    }

    private void changed() {
        changed = true;
        replaceSnapshot(new Snapshot(base.revision() + 1, lastPosition, entries, tokens, objects, audit));
    }

    private void ready() {
        snapshot();
        if (conflict != null) {
            throw conflict;
        }
    }

    private StoreConflictException conflict(String message) {
        conflict = new StoreConflictException(message);
        return conflict;
    }
}
