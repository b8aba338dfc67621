// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreWriter;

/**
 * Changes stored objects: row, state root and audit record in one transaction, or none of them. Nothing is written with
 * the keys of a token that has been initialised anew meanwhile: USER_NOT_LOGGED_IN.
 */
public final class ObjectWriter {
    private final Transactions store;
    private final Slots slots;
    private final ObjectSealer sealer;
    private final StateRoot stateRoot;
    private final AuditLog audit;

    public ObjectWriter(Transactions store, Slots slots, ObjectSealer sealer, StateRoot stateRoot, AuditLog audit) {
        this.store = store;
        this.slots = slots;
        this.sealer = sealer;
        this.stateRoot = stateRoot;
        this.audit = audit;
    }

    /** Adds objects, all or none, with one record. */
    public void insert(TokenKeys keys, AuditEvent.Builder event, HsmObject... objects) {
        ObjectRow[] rows = new ObjectRow[objects.length];
        for (int i = 0; i < objects.length; i++) {
            rows[i] = sealer.seal(objects[i], keys);
        }
        store.write(tx -> {
            slots.requireSame(tx, keys.token(), keys.initialisation());
            for (ObjectRow row : rows) {
                tx.insertObject(row);
                stateRoot.added(tx, row);
            }
            return record(tx, keys, event);
        });
    }

    /**
     * Puts an object's next version in place.
     *
     * @throws org.ferrohsm.core.fault.HsmException OBJECT_HANDLE_INVALID if it is gone meanwhile, DEVICE_ERROR if
     *     somebody else changed it first
     */
    public void update(TokenKeys keys, AuditEvent.Builder event, HsmObject next) {
        store.write(tx -> audit.append(tx, update(tx, keys, event, next).build()));
    }

    /** The same in the caller's transaction, which gets the record to append. */
    public AuditEvent.Builder update(StoreWriter tx, TokenKeys keys, AuditEvent.Builder event, HsmObject next) {
        slots.requireSame(tx, keys.token(), keys.initialisation());
        ObjectRow after = sealer.seal(next, keys);
        ObjectRow before = row(tx, keys, next.id());
        tx.updateObject(after);
        stateRoot.changed(tx, before, after);
        return complete(tx, keys, event);
    }

    /** Removes an object. */
    public void delete(TokenKeys keys, AuditEvent.Builder event, ObjectRef object) {
        store.write(tx -> audit.append(tx, delete(tx, keys, event, object).build()));
    }

    /** The same in the caller's transaction, which gets the record to append. */
    public AuditEvent.Builder delete(StoreWriter tx, TokenKeys keys, AuditEvent.Builder event, ObjectRef object) {
        ObjectRow before = row(tx, keys, object.id());
        tx.deleteObject(keys.token(), object.id());
        stateRoot.removed(tx, before);
        return complete(tx, keys, event);
    }

    /** Records that a stored object is not as it was written. */
    void recordDamage(String actor, UUID token, UUID object) {
        audit.append(AuditEvent.of(AuditAction.OBJECT_DAMAGED)
                .actor(actor)
                .token(token)
                .object(object, 0)
                .failed(Fault.DEVICE_ERROR)
                .build());
    }

    private static ObjectRow row(StoreWriter tx, TokenKeys keys, UUID object) {
        return tx.object(keys.token(), object)
                .orElseThrow(() -> Fault.OBJECT_HANDLE_INVALID.because("the object is gone"));
    }

    private long record(StoreWriter tx, TokenKeys keys, AuditEvent.Builder event) {
        return audit.append(tx, complete(tx, keys, event).build());
    }

    private AuditEvent.Builder complete(StoreWriter tx, TokenKeys keys, AuditEvent.Builder event) {
        return event.token(keys.token()).stateRoot(stateRoot.current(tx, keys.token()));
    }
}
