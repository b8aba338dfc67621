// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.util.HashMap;
import java.util.Map;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.service.AttributeReading;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/** Attributes of one object as they were read together. */
public final class ObjectAttributes {
    private static final byte[] NOTHING = new byte[0];

    private final Map<Long, AttributeValue> values = new HashMap<>();

    private ObjectAttributes() {}

    /** Reads those of {@code types} that the object has and shows. */
    public static ObjectAttributes read(Token token, Session session, long handle, long... types) {
        ObjectAttributes read = new ObjectAttributes();
        for (AttributeReading reading : token.objects().read(session, handle, types)) {
            AttributeValue value = reading.value();
            if (value != null) {
                read.values.put(reading.type(), value);
            }
        }
        return read;
    }

    /** The bytes; empty if the object has or shows none. */
    public byte[] bytes(long type) {
        AttributeValue value = values.get(type);
        return value == null ? NOTHING : value.asBytes();
    }

    /** The text; empty if there is none. */
    public String text(long type) {
        AttributeValue value = values.get(type);
        return value == null ? "" : value.asText();
    }

    public boolean flag(long type) {
        AttributeValue value = values.get(type);
        return value != null && value.asBoolean();
    }

    /** The number, or -1 if there is none. */
    public long number(long type) {
        AttributeValue value = values.get(type);
        return value == null ? -1 : value.asLong();
    }

    /** The value, or null if the object has or shows none. */
    public @Nullable AttributeValue get(long type) {
        return values.get(type);
    }
}
