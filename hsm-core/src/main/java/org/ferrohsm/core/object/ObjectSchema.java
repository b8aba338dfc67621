// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes that objects of one class and type may have. */
public final class ObjectSchema {
    /** The type of objects whose class has no types. */
    public static final long NO_TYPE = -1;

    private final long objectClass;
    private final long type;
    private final Map<Long, AttributeRule> rules;

    private ObjectSchema(long objectClass, long type, Map<Long, AttributeRule> rules) {
        this.objectClass = objectClass;
        this.type = type;
        this.rules = rules;
    }

    /** The union of {@code tables}; of two rows for one attribute the later holds. */
    @SafeVarargs
    static ObjectSchema of(long objectClass, long type, List<AttributeRule>... tables) {
        Map<Long, AttributeRule> rules = new TreeMap<>(Long::compareUnsigned);
        for (List<AttributeRule> table : tables) {
            table.forEach(rule -> rules.put(rule.type(), rule));
        }
        return new ObjectSchema(objectClass, type, Collections.unmodifiableMap(rules));
    }

    /** CKO_*. */
    public long objectClass() {
        return objectClass;
    }

    /** CKK_* or CKC_*, or {@link #NO_TYPE}. */
    public long type() {
        return type;
    }

    /** The rule for an attribute, or null if such objects do not have it. */
    public @Nullable AttributeRule rule(long attribute) {
        return rules.get(attribute);
    }

    /** All rules in ascending order of attributes. */
    public Collection<AttributeRule> rules() {
        return rules.values();
    }
}
