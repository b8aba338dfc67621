// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object's attributes that are not secret, sorted by type. Immutable. */
public final class AttributeSet {
    /** The set without attributes. */
    public static final AttributeSet EMPTY = new AttributeSet(new TreeMap<>(Long::compareUnsigned));

    private final NavigableMap<Long, AttributeValue> values;

    private AttributeSet(NavigableMap<Long, AttributeValue> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder(new TreeMap<>(Long::compareUnsigned));
    }

    /** A builder that starts from this set. */
    public Builder toBuilder() {
        return new Builder(new TreeMap<>(values));
    }

    public @Nullable AttributeValue get(long type) {
        return values.get(type);
    }

    public boolean contains(long type) {
        return values.containsKey(type);
    }

    /** The boolean at {@code type}; false if it is absent. */
    public boolean flag(long type) {
        AttributeValue value = values.get(type);
        return value != null && value.asBoolean();
    }

    /** The number at {@code type}, or {@code otherwise} if it is absent. */
    public long number(long type, long otherwise) {
        AttributeValue value = values.get(type);
        return value == null ? otherwise : value.asLong();
    }

    /** The bytes at {@code type}; empty if it is absent. */
    public byte[] bytes(long type) {
        AttributeValue value = values.get(type);
        return value == null ? new byte[0] : value.asBytes();
    }

    /** Types in ascending order. */
    public Set<Long> types() {
        return Collections.unmodifiableSet(values.navigableKeySet());
    }

    /** Types and values in ascending order of types. */
    public Map<Long, AttributeValue> asMap() {
        return Collections.unmodifiableMap(values);
    }

    /** Collects attributes. */
    public static final class Builder {
        private final NavigableMap<Long, AttributeValue> values;

        private Builder(NavigableMap<Long, AttributeValue> values) {
            this.values = values;
        }

        /** Puts or replaces. */
        public Builder put(long type, AttributeValue value) {
            values.put(type, value);
            return this;
        }

        public Builder put(long type, boolean value) {
            return put(type, AttributeValue.of(value));
        }

        public Builder put(long type, long value) {
            return put(type, AttributeValue.of(value));
        }

        public Builder put(long type, byte[] value) {
            return put(type, AttributeValue.of(value));
        }

        public Builder putIfAbsent(long type, AttributeValue value) {
            values.putIfAbsent(type, value);
            return this;
        }

        public Builder putAll(AttributeSet other) {
            values.putAll(other.values);
            return this;
        }

        public @Nullable AttributeValue get(long type) {
            return values.get(type);
        }

        public AttributeSet build() {
            return new AttributeSet(new TreeMap<>(values));
        }
    }
}
