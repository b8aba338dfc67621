// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/** What a caller asks of an object: attributes in the caller's order, each type once. Immutable. */
public final class Template {
    /** The template without attributes. */
    public static final Template EMPTY = new Template(new LinkedHashMap<>());

    private final Map<Long, AttributeValue> values;

    private Template(Map<Long, AttributeValue> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with these attributes. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        return builder;
    }

    /** The value asked for, or null if the template is silent about it. */
    public @Nullable AttributeValue get(long type) {
        return values.get(type);
    }

    public boolean contains(long type) {
        return values.containsKey(type);
    }

    /** The types in the caller's order. */
    public Set<Long> types() {
        return values.keySet();
    }

    public int size() {
        return values.size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Names without values. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (long type : values.keySet()) {
            text.append(text.length() > 1 ? ", " : "").append(Cka.name(type));
        }
        return text.append('}').toString();
    }

    /** Collects attributes. */
    public static final class Builder {
        private final Map<Long, AttributeValue> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an attribute.
         *
         * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT if the type is there with another value
         *     (PKCS#11 3.2 section 4.1.1)
         */
        public Builder put(long type, AttributeValue value) {
            AttributeValue before = values.putIfAbsent(type, value);
            if (before != null && !before.equals(value)) {
                throw Fault.TEMPLATE_INCONSISTENT.because(Cka.name(type) + " stands twice with different values");
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

        public Builder put(long type, String value) {
            return put(type, AttributeValue.of(value));
        }

        public Template build() {
            return new Template(new LinkedHashMap<>(values));
        }
    }
}
