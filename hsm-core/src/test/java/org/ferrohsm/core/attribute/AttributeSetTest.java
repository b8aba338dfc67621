// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AttributeSetTest {
    @Property
    void it_holds_what_a_sorted_map_holds(@ForAll List<Long> types) {
        Map<Long, AttributeValue> model = new TreeMap<>(Long::compareUnsigned);
        AttributeSet.Builder builder = AttributeSet.builder();
        for (int i = 0; i < types.size(); i++) {
            AttributeValue value = AttributeValue.of((long) i);
            if (i % 3 == 0) {
                model.putIfAbsent(types.get(i), value);
                builder.putIfAbsent(types.get(i), value);
            } else {
                model.put(types.get(i), value);
                builder.put(types.get(i), value);
            }
        }
        AttributeSet set = builder.build();
        assertEquals(
                new ArrayList<>(model.entrySet()), new ArrayList<>(set.asMap().entrySet()));
        for (long type : types) {
            assertEquals(model.get(type), set.get(type));
            assertEquals(model.containsKey(type ^ 1), set.contains(type ^ 1));
        }
    }

    @Test
    void what_a_builder_does_later_changes_no_set_that_it_has_built() {
        AttributeSet.Builder builder = AttributeSet.builder().put(2, 20);
        AttributeSet first = builder.build();
        AttributeSet second = builder.put(1, 10).put(2, 21).build();
        assertEquals(Map.of(2L, AttributeValue.of(20)), first.asMap());
        assertEquals(Map.of(1L, AttributeValue.of(10), 2L, AttributeValue.of(21)), second.asMap());
    }

    @Test
    void two_builders_of_one_set_do_not_meet() {
        AttributeSet base = AttributeSet.builder().put(1, true).put(3, true).build();
        AttributeSet.Builder one = base.toBuilder().put(2, true);
        AttributeSet.Builder other = base.toBuilder().put(4, false).put(1, false);
        assertNull(other.build().get(2));
        assertNull(one.build().get(4));
        assertFalse(base.contains(2));
        assertEquals(AttributeValue.of(true), one.build().get(1));
    }
}
