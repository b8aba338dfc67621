// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Set;
import org.ferrohsm.jca.spec.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * A key that stays in its token: no format, no encoding, no serialisation. Two are equal if they stand for the same
 * object.
 */
public abstract class OpaqueKey implements Key {
    private static final long serialVersionUID = 1L;

    private final transient ObjectReference reference;
    private final transient long keyType;
    private final transient Set<KeyUsage> usages;
    private final String algorithm;

    OpaqueKey(KeyFacts facts, String algorithm) {
        this.reference = facts.reference();
        this.keyType = facts.keyType();
        this.usages = facts.usages();
        this.algorithm = algorithm;
    }

    /** The object in the token. */
    public final ObjectReference reference() {
        return reference;
    }

    /** CKA_KEY_TYPE. */
    public final long keyType() {
        return keyType;
    }

    /**
     * Refuses a use for which the token would refuse it.
     *
     * @throws InvalidKeyException if the key was not made for {@code usage}, or has been destroyed
     */
    public final void require(KeyUsage usage) throws InvalidKeyException {
        if (reference.isReleased()) {
            throw new InvalidKeyException("the key has been destroyed");
        }
        if (!usages.contains(usage)) {
            throw new InvalidKeyException("the key was not made for " + usage + ", only for " + usages);
        }
    }

    @Override
    public final String getAlgorithm() {
        return algorithm;
    }

    /** Null: there is no encoding. */
    @Override
    public final @Nullable String getFormat() {
        return null;
    }

    /** Null: the key does not leave the token. */
    @Override
    public final byte @Nullable [] getEncoded() {
        return null;
    }

    /** Releases the object; a key of the token stays there, a session key ends. */
    public void destroy() {
        reference.release();
    }

    public boolean isDestroyed() {
        return reference.isReleased();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof OpaqueKey that && getClass() == that.getClass() && reference.equals(that.reference);
    }

    @Override
    public final int hashCode() {
        return reference.hashCode();
    }

    @Override
    public final String toString() {
        return "FerroHSM " + algorithm + (reference.isLasting() ? " token key" : " session key");
    }

    /** Refuses: the key cannot leave the token. */
    @SuppressWarnings("DoNotCallSuggester") // serialisation calls it
    protected final Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a key of FerroHSM stays in its token");
    }

    private void readObject(ObjectInputStream stream) throws ObjectStreamException {
        throw new NotSerializableException("a key of FerroHSM stays in its token");
    }
}
