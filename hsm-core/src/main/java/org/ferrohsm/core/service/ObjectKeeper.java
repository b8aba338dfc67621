// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.CallBytes;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.token.Identities;
import org.ferrohsm.core.token.ObjectRef;
import org.ferrohsm.core.token.Role;
import org.ferrohsm.core.token.TokenAccess;
import org.jspecify.annotations.Nullable;

/** Where new, changed and removed objects go: into the store with a record each, or into the session's memory. */
public final class ObjectKeeper {
    private final Gate gate;
    private final SecureRandom random;
    private final Completion completion;

    public ObjectKeeper(Gate gate, MechanismTable mechanisms, Engines engines) {
        this.gate = gate;
        this.random = engines.random();
        this.completion = new Completion(mechanisms, engines);
    }

    /** A new object of these parts, which it takes over. */
    HsmObject build(NewKey parts) {
        UUID id = Identities.next(random);
        AttributeSet attributes = parts.attributes().toBuilder()
                .put(Cka.CKA_UNIQUE_ID, AttributeValue.of(id.toString()))
                .build();
        HsmObject object = new HsmObject(id, 1, attributes, parts.secrets());
        boolean complete = false;
        try {
            HsmObject whole = new HsmObject(id, 1, completion.complete(object), parts.secrets());
            complete = true;
            return whole;
        } finally {
            if (!complete) {
                object.close();
            }
        }
    }

    /**
     * Whether the session may make, change or remove such an object (PKCS#11 3.2 sections 2.4.2 and 5.7.1).
     *
     * @throws HsmException SESSION_READ_ONLY, USER_NOT_LOGGED_IN
     */
    void requireWritable(Session session, boolean onToken, boolean isPrivate) {
        if (onToken && !session.readWrite()) {
            throw Fault.SESSION_READ_ONLY.because("a stored object needs a read-write session");
        }
        if (isPrivate && session.access().role() != Role.USER) {
            throw Fault.USER_NOT_LOGGED_IN.because("a private object needs the user's login");
        }
    }

    /** Keeps new objects, all or none, and gives their handles; on a failure their secrets are wiped. */
    long[] keepAll(Session session, AuditAction action, long mechanism, HsmObject... objects) {
        boolean kept = false;
        try {
            long[] handles = keep(session, action, mechanism, objects);
            kept = true;
            return handles;
        } finally {
            if (!kept) {
                for (HsmObject object : objects) {
                    object.close();
                }
            }
        }
    }

    private long[] keep(Session session, AuditAction action, long mechanism, HsmObject... objects) {
        TokenAccess access = session.access();
        int onToken = 0;
        for (HsmObject object : objects) {
            requireWritable(session, object.onToken(), object.isPrivate());
            onToken += object.onToken() ? 1 : 0;
        }
        HsmObject[] stored = new HsmObject[onToken];
        int next = 0;
        for (HsmObject object : objects) {
            if (object.onToken()) {
                stored[next++] = object;
            }
        }
        if (onToken > 0) {
            access.writer().insert(access.keys(), event(session, action, mechanism, stored), stored);
        }
        if (onToken < objects.length) {
            gate.admit(session, action, Math.max(0, mechanism)).used();
        }
        long[] handles = new long[objects.length];
        for (int i = 0; i < objects.length; i++) {
            handles[i] = objects[i].onToken() ? access.stored(objects[i]) : access.keep(objects[i], session.handle());
            if (objects[i].onToken()) {
                objects[i].close();
            }
        }
        return handles;
    }

    /** Puts an object's next version in place of {@code before}. */
    void replace(Session session, HsmObject before, HsmObject next) {
        TokenAccess access = session.access();
        if (!before.onToken()) {
            gate.admit(session, AuditAction.OBJECT_CHANGE, 0).used();
            access.keep(next, access.sessionOf(ref(before)));
            return;
        }
        try (next) {
            access.writer().update(access.keys(), event(session, AuditAction.OBJECT_CHANGE, -1, next), next);
        } finally {
            access.changed(ref(before), false);
        }
    }

    /** Refuses a key that no longer is, or is not, among those of the policy's rules that {@code before} is among. */
    void requireSameRules(Session session, AuditAction action, HsmObject before, HsmObject after) {
        boolean done = false;
        try {
            gate.requireSameRules(session, action, before, after);
            done = true;
        } finally {
            if (!done) {
                after.close();
            }
        }
    }

    /** Removes an object; {@code opened} is null where it cannot be opened any more. */
    void remove(Session session, ObjectRef object, @Nullable HsmObject opened) {
        TokenAccess access = session.access();
        if (!object.onToken()) {
            gate.admit(session, AuditAction.OBJECT_DESTROY, 0).used();
            access.dropSessionObject(object.id());
            return;
        }
        AuditEvent.Builder event =
                gate.event(session, AuditAction.OBJECT_DESTROY).object(object.id(), 0);
        if (opened == null) {
            access.writer().delete(access.keys(), event, object);
        } else {
            gate.administer(
                    session,
                    AuditAction.OBJECT_DESTROY,
                    GovernedOperation.DESTROY,
                    opened,
                    CallBytes.digest(CallBytes.key(opened)),
                    tx -> List.of(access.writer().delete(tx, access.keys(), event, object)),
                    () -> access.writer().delete(access.keys(), event, object));
        }
        access.changed(object, true);
    }

    /** Gives a stored key other policy tags, which its policy's own quorum approves. */
    void retag(Session session, HsmObject before, HsmObject next) {
        TokenAccess access = session.access();
        AuditEvent.Builder event = event(session, AuditAction.OBJECT_CHANGE, -1, next)
                .detail("policy-tags", String.join(",", PolicyTags.of(next.attributes())));
        try (next) {
            gate.administer(
                    session,
                    AuditAction.OBJECT_CHANGE,
                    GovernedOperation.RETAG,
                    before,
                    CallBytes.digest(next.attributes().bytes(PolicyTags.ATTRIBUTE)),
                    tx -> List.of(access.writer().update(tx, access.keys(), event, next)),
                    () -> access.writer().update(access.keys(), event, next));
        } finally {
            access.changed(ref(before), false);
        }
    }

    private AuditEvent.Builder event(Session session, AuditAction action, long mechanism, HsmObject... objects) {
        HsmObject last = objects[objects.length - 1];
        AuditEvent.Builder event = gate.event(session, action).object(last.id(), last.version());
        if (mechanism >= 0) {
            event.mechanism(mechanism);
        }
        AttributeValue label = last.attributes().get(Cka.CKA_LABEL);
        if (label != null && label.length() > 0) {
            event.detail("label", label.asText());
        }
        if (objects.length > 1 && objects[0].objectClass() == Cko.CKO_PUBLIC_KEY) {
            event.detail("public-key", objects[0].id().toString());
        }
        return event;
    }

    private static ObjectRef ref(HsmObject object) {
        return new ObjectRef(object.id(), object.onToken(), object.isPrivate());
    }
}
