// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.attribute.ValueKind;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.ObjectDraft;
import org.ferrohsm.core.object.ObjectResolver;
import org.ferrohsm.core.object.ObjectSchema;
import org.ferrohsm.core.object.Origin;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Rule;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.token.Identities;
import org.ferrohsm.core.token.ObjectRef;
import org.ferrohsm.core.token.Role;
import org.ferrohsm.core.token.TokenAccess;
import org.jspecify.annotations.Nullable;

/** Object management (PKCS#11 3.2 section 5.7). Every method throws {@link HsmException} with the function's codes. */
public final class ObjectService {
    /** What an object occupies beside its attributes: identity, version and envelope. */
    private static final int ROW_OVERHEAD = 64;

    private final ObjectResolver resolver;
    private final MechanismTable mechanisms;
    private final ObjectKeeper keeper;
    private final SecureRandom random;

    public ObjectService(ObjectResolver resolver, MechanismTable mechanisms, ObjectKeeper keeper, SecureRandom random) {
        this.resolver = resolver;
        this.mechanisms = mechanisms;
        this.keeper = keeper;
        this.random = random;
    }

    /** Creates an object from its attributes. */
    public long create(Session session, Template template) {
        ObjectSchema schema = resolver.schemaOf(template);
        Policy policy = session.access().policy();
        ObjectDraft draft = resolver.resolve(
                schema, Origin.CREATE, template, session.access().role() == Role.SO, policy.has(Rule.ONE_ROLE));
        policy.made(Origin.CREATE, -1, draft.attributes());
        boolean isKey = schema.rule(Cka.CKA_KEY_TYPE) != null && schema.objectClass() != Cko.CKO_DOMAIN_PARAMETERS;
        NewKey parts = isKey
                ? mechanisms.codec(schema.type()).complete(schema.objectClass(), draft.attributes(), draft.secrets())
                : new NewKey(draft.attributes(), draft.secrets());
        return keeper.keepAll(session, AuditAction.OBJECT_CREATE, -1, keeper.build(parts))[0];
    }

    /** Copies an object, with the template's changes. */
    public long copy(Session session, long handle, Template template) {
        HsmObject original = session.access().open(handle, Fault.OBJECT_HANDLE_INVALID);
        AttributeSet attributes =
                resolver.copy(original.attributes(), template, session.access().role() == Role.SO);
        session.access().policy().changed(original.attributes(), attributes);
        var id = Identities.next(random);
        HsmObject copy = new HsmObject(
                id,
                1,
                attributes.toBuilder()
                        .put(Cka.CKA_UNIQUE_ID, AttributeValue.of(id.toString()))
                        .build(),
                original.secrets().copy());
        keeper.requireSameRules(session, AuditAction.OBJECT_COPY, original, copy);
        return keeper.keepAll(session, AuditAction.OBJECT_COPY, -1, copy)[0];
    }

    /** Destroys an object. */
    public void destroy(Session session, long handle) {
        TokenAccess access = session.access();
        ObjectRef ref = access.ref(handle);
        if (ref == null) {
            throw Fault.OBJECT_HANDLE_INVALID.because("there is no object with the handle " + handle);
        }
        keeper.requireWritable(session, ref.onToken(), ref.isPrivate());
        HsmObject opened = undamaged(access, handle);
        if (opened != null
                && opened.attributes().contains(Cka.CKA_DESTROYABLE)
                && !opened.attributes().flag(Cka.CKA_DESTROYABLE)) {
            throw Fault.ACTION_PROHIBITED.because("the object cannot be destroyed: its CKA_DESTROYABLE is false");
        }
        keeper.remove(session, ref, opened);
    }

    /** A damaged object, for which this is null, can be removed: nothing else can be done with it. */
    private static @Nullable HsmObject undamaged(TokenAccess access, long handle) {
        try {
            return access.open(handle, Fault.OBJECT_HANDLE_INVALID);
        } catch (HsmException e) {
            if (e.fault() == Fault.DEVICE_ERROR) {
                return null;
            }
            throw e;
        }
    }

    /** Gives a stored key other policy tags, separated by commas. */
    public void retag(Session session, long handle, String tags) {
        HsmObject before = session.access().open(handle, Fault.OBJECT_HANDLE_INVALID);
        keeper.requireWritable(session, before.onToken(), before.isPrivate());
        if (!before.onToken()) {
            throw Fault.ACTION_PROHIBITED.because("a session object keeps the policy tags that it was made with");
        }
        AttributeSet attributes = resolver.retag(before.attributes(), tags);
        keeper.retag(
                session,
                before,
                new HsmObject(
                        before.id(),
                        before.version() + 1,
                        attributes,
                        before.secrets().copy()));
    }

    /** The object's size in bytes. */
    public long size(Session session, long handle) {
        HsmObject object = session.access().open(handle, Fault.OBJECT_HANDLE_INVALID);
        long size = ROW_OVERHEAD;
        for (AttributeValue value : object.attributes().asMap().values()) {
            size += Long.BYTES + value.length();
        }
        for (long type : object.secrets().types()) {
            size += Long.BYTES + object.secret(type).length();
        }
        return size;
    }

    /** Attributes in the order asked for. */
    public List<AttributeReading> read(Session session, long handle, long... types) {
        HsmObject object = session.access().open(handle, Fault.OBJECT_HANDLE_INVALID);
        boolean open = !object.attributes().flag(Cka.CKA_SENSITIVE)
                && object.attributes().flag(Cka.CKA_EXTRACTABLE);
        List<AttributeReading> readings = new ArrayList<>(types.length);
        for (long type : types) {
            AttributeValue value = object.attributes().get(type);
            SecretBytes secret = object.secrets().get(type);
            if (value != null) {
                readings.add(new AttributeReading(type, AttributeReading.State.PRESENT, value));
            } else if (secret == null) {
                readings.add(new AttributeReading(type, AttributeReading.State.ABSENT, null));
            } else if (open) {
                readings.add(new AttributeReading(
                        type, AttributeReading.State.PRESENT, secret.use(bytes -> AttributeValue.of(bytes))));
            } else {
                readings.add(new AttributeReading(type, AttributeReading.State.SENSITIVE, null));
            }
        }
        return readings;
    }

    /** Changes attributes, all or none. */
    public void change(Session session, long handle, Template template) {
        HsmObject before = session.access().open(handle, Fault.OBJECT_HANDLE_INVALID);
        keeper.requireWritable(session, before.onToken(), before.isPrivate());
        AttributeSet attributes =
                resolver.change(before.attributes(), template, session.access().role() == Role.SO);
        session.access().policy().changed(before.attributes(), attributes);
        HsmObject next = new HsmObject(
                before.id(), before.version() + 1, attributes, before.secrets().copy());
        keeper.requireSameRules(session, AuditAction.OBJECT_CHANGE, before, next);
        keeper.replace(session, before, next);
    }

    public void findInit(Session session, Template template) {
        synchronized (session) {
            session.refuseSecondFind();
            session.beginFind(session.access().find(template));
        }
    }

    /** The next handles, at most {@code max}. */
    public long[] find(Session session, int max) {
        synchronized (session) {
            return session.find().next(max);
        }
    }

    public void findFinal(Session session) {
        synchronized (session) {
            session.find();
            session.endFind();
        }
    }

    /** All handles that match, without a running search. */
    public long[] search(Session session, Template template) {
        return session.access().find(template);
    }

    /** What kind of value an attribute has, for doors that read values in their callers' layout. */
    public ValueKind kind(long attribute) {
        return resolver.kind(attribute);
    }
}
