// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Every mechanism and every key codec there is, by type. The rows are made when somebody first asks for one: a process
 * that only lists slots and objects does not wait for them.
 */
public final class MechanismTable {
    private final Supplier<? extends Collection<? extends MechanismFamily>> families;
    private volatile @Nullable Rows rows;

    /** The rows of these families. */
    public MechanismTable(Supplier<? extends Collection<? extends MechanismFamily>> families) {
        this.families = families;
    }

    /**
     * The row of {@code type}.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_INVALID
     */
    public Mechanism require(long type) {
        Mechanism mechanism = rows().mechanisms.get(type);
        if (mechanism == null) {
            throw Fault.MECHANISM_INVALID.because("there is no " + Ckm.name(type));
        }
        return mechanism;
    }

    /** Types in ascending order. */
    public NavigableSet<Long> types() {
        return Collections.unmodifiableNavigableSet(rows().mechanisms.navigableKeySet());
    }

    /**
     * The codec of keys of type {@code keyType}.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if there are no keys of that type here
     */
    public KeyCodec codec(long keyType) {
        KeyCodec codec = rows().codecs.get(keyType);
        if (codec == null) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("there are no keys of type " + Ckk.name(keyType));
        }
        return codec;
    }

    /** Key types that have a codec, in ascending order. */
    public NavigableSet<Long> keyTypes() {
        return Collections.unmodifiableNavigableSet(rows().codecs.navigableKeySet());
    }

    private Rows rows() {
        Rows made = rows;
        if (made == null) {
            made = new Rows(families.get());
            rows = made;
        }
        return made;
    }

    private static final class Rows {
        private final NavigableMap<Long, Mechanism> mechanisms = new TreeMap<>(Long::compareUnsigned);
        private final NavigableMap<Long, KeyCodec> codecs = new TreeMap<>(Long::compareUnsigned);

        Rows(Collection<? extends MechanismFamily> families) {
            for (MechanismFamily family : families) {
                for (Mechanism mechanism : family.mechanisms()) {
                    if (mechanisms.put(mechanism.type(), mechanism) != null) {
                        throw new IllegalStateException("two rows for " + mechanism.name());
                    }
                }
                for (KeyCodec codec : family.codecs()) {
                    for (long keyType : codec.keyTypes()) {
                        if (codecs.put(keyType, codec) != null) {
                            throw new IllegalStateException("two codecs for " + Ckk.name(keyType));
                        }
                    }
                }
            }
        }
    }
}
