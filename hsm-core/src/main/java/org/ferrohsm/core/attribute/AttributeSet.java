// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object's attributes that are not secret, sorted by type. Immutable. Arrays, because an object is asked for some of its
 * attributes at every use, and there may be thousands of objects.
 */
public final class AttributeSet {
    /** The set without attributes. */
    public static final AttributeSet EMPTY = new AttributeSet(new long[0], new AttributeValue[0], 0);

    private final long[] types;
    private final AttributeValue[] values;
    private final int size;

    private AttributeSet(long[] types, AttributeValue[] values, int size) {
        this.types = types;
        this.values = values;
        this.size = size;
    }

    public static Builder builder() {
        return EMPTY.toBuilder();
    }

    /** A builder that starts from this set. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public @Nullable AttributeValue get(long type) {
        int at = find(types, size, type);
        return at < 0 ? null : values[at];
    }

    public boolean contains(long type) {
        return find(types, size, type) >= 0;
    }

    /** The boolean at {@code type}; false if it is absent. */
    public boolean flag(long type) {
        AttributeValue value = get(type);
        return value != null && value.asBoolean();
    }

    /** The number at {@code type}, or {@code otherwise} if it is absent. */
    public long number(long type, long otherwise) {
        AttributeValue value = get(type);
        return value == null ? otherwise : value.asLong();
    }

    /** The bytes at {@code type}; empty if it is absent. */
    public byte[] bytes(long type) {
        AttributeValue value = get(type);
        return value == null ? new byte[0] : value.asBytes();
    }

    /** Types and values in ascending order of types. */
    public Map<Long, AttributeValue> asMap() {
        Map<Long, AttributeValue> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(types[i], values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** Where a type stands among the first {@code size}; else minus the place where it would, less one. */
    private static int find(long[] types, int size, long type) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(types[middle], type);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Collects attributes. */
    public static final class Builder {
        /** Room for what comes next. */
        private static final int SPARE = 16;

        private long[] types;
        private AttributeValue[] values;
        private int size;
        /** Whether a set has these arrays too, so that they may not be changed. */
        private boolean shared = true;

        private Builder(AttributeSet from) {
            types = from.types;
            values = from.values;
            size = from.size;
        }

        /** Puts or replaces. */
        public Builder put(long type, AttributeValue value) {
            int at = find(types, size, type);
            if (at >= 0) {
                own(size);
                values[at] = value;
            } else {
                insert(-at - 1, type, value);
            }
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
            int at = find(types, size, type);
            if (at < 0) {
                insert(-at - 1, type, value);
            }
            return this;
        }

        public Builder putAll(AttributeSet other) {
            for (int i = 0; i < other.size; i++) {
                put(other.types[i], other.values[i]);
            }
            return this;
        }

        public @Nullable AttributeValue get(long type) {
            int at = find(types, size, type);
            return at < 0 ? null : values[at];
        }

        public AttributeSet build() {
            shared = true;
            return new AttributeSet(types, values, size);
        }

        private void insert(int at, long type, AttributeValue value) {
            own(size + 1);
            System.arraycopy(types, at, types, at + 1, size - at);
            System.arraycopy(values, at, values, at + 1, size - at);
            types[at] = type;
            values[at] = value;
            size++;
        }

        private void own(int capacity) {
            if (shared || capacity > types.length) {
                int room = capacity > types.length ? capacity + SPARE : types.length;
                types = Arrays.copyOf(types, room);
                values = Arrays.copyOf(values, room);
                shared = false;
            }
        }
    }
}
