// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * An opened object: one immutable version of its attributes. A change makes a new one.
 *
 * <p>A family may keep the engine's form of the key here ({@link #prepared}), so that a key is parsed once and not once
 * for each operation.
 */
public final class HsmObject implements AutoCloseable {
    private final UUID id;
    private final long version;
    private final AttributeSet attributes;
    private final SecretAttributes secrets;
    private final Map<Class<?>, Object> prepared = new ConcurrentHashMap<>();

    /** Takes the secrets over. */
    public HsmObject(UUID id, long version, AttributeSet attributes, SecretAttributes secrets) {
        this.id = id;
        this.version = version;
        this.attributes = attributes;
        this.secrets = secrets;
    }

    public UUID id() {
        return id;
    }

    /** 1 at creation, one more with every change. */
    public long version() {
        return version;
    }

    /** Everything but the secrets. */
    public AttributeSet attributes() {
        return attributes;
    }

    public SecretAttributes secrets() {
        return secrets;
    }

    /** CKA_CLASS. */
    public long objectClass() {
        return attributes.number(Cka.CKA_CLASS, -1);
    }

    /** CKA_KEY_TYPE, or -1 if this is no key. */
    public long keyType() {
        return attributes.number(Cka.CKA_KEY_TYPE, -1);
    }

    /** CKA_TOKEN. */
    public boolean onToken() {
        return attributes.flag(Cka.CKA_TOKEN);
    }

    /** CKA_PRIVATE. */
    public boolean isPrivate() {
        return attributes.flag(Cka.CKA_PRIVATE);
    }

    /**
     * One secret attribute.
     *
     * @throws org.ferrohsm.core.fault.HsmException KEY_TYPE_INCONSISTENT if the object has no such secret
     */
    public SecretBytes secret(long type) {
        SecretBytes value = secrets.get(type);
        if (value == null) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("the key has no " + Cka.name(type));
        }
        return value;
    }

    /**
     * The engine's form of this key, made by {@code maker} on first use and kept until close: one for each class, so
     * that a key that encrypts and derives keeps both.
     */
    public <T> T prepared(Class<T> form, Function<HsmObject, T> maker) {
        Object current = prepared.get(form);
        if (current == null) {
            T made = maker.apply(this);
            Object winner = prepared.putIfAbsent(form, made);
            current = winner == null ? made : winner;
        }
        return form.cast(current);
    }

    /** Wipes the secrets, and the engine's copies of them where the engine can; others are left to the collector. */
    @Override
    public void close() {
        prepared.values().forEach(HsmObject::destroy);
        prepared.clear();
        secrets.close();
    }

    private static void destroy(Object form) {
        if (form instanceof EngineForm kept) {
            kept.destroy();
        }
    }
}
