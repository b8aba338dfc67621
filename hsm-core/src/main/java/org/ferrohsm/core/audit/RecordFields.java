// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborReader;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** The numbered fields of a record, head or row: put one by one, or taken one by one until none is left. */
public final class RecordFields {
    private static final int UUID_LENGTH = 16;

    private final SortedMap<CborValue.Key, CborValue> fields;

    public RecordFields() {
        this(new TreeMap<>());
    }

    private RecordFields(SortedMap<CborValue.Key, CborValue> fields) {
        this.fields = fields;
    }

    public static RecordFields parse(byte[] bytes) {
        if (!(CborReader.decode(bytes) instanceof CborValue.Dictionary dictionary)) {
            throw new CborException("not a map");
        }
        return of(dictionary);
    }

    /** The fields of a map inside another. */
    public static RecordFields of(CborValue.Dictionary dictionary) {
        return new RecordFields(new TreeMap<>(dictionary.entries()));
    }

    /** What is left of the fields. */
    public CborValue.Dictionary dictionary() {
        return new CborValue.Dictionary(fields);
    }

    public void put(int field, long value) {
        fields.put(key(field), new CborValue.Unsigned(value));
    }

    /** A value that is absent puts nothing. */
    public void put(int field, @Nullable Object value) {
        if (value instanceof Long number) {
            put(field, number.longValue());
        } else if (value instanceof String text) {
            fields.put(key(field), new CborValue.Text(text));
        } else if (value instanceof byte[] bytes) {
            fields.put(key(field), new CborValue.Bytes(bytes));
        } else if (value instanceof UUID id) {
            fields.put(key(field), new CborValue.Bytes(bytes(id)));
        } else if (value instanceof CborValue encoded) {
            fields.put(key(field), encoded);
        } else if (value != null) {
            throw new IllegalArgumentException("no field's value: " + value.getClass());
        }
    }

    public long number(int field) {
        return required(field, optionalNumber(field));
    }

    public String text(int field) {
        return required(field, optionalText(field));
    }

    public UUID uuid(int field) {
        return required(field, optionalUuid(field));
    }

    public byte[] bytes(int field, int length) {
        return required(field, optionalBytes(field, length));
    }

    public @Nullable Long optionalNumber(int field) {
        CborValue.Unsigned value = take(field, CborValue.Unsigned.class);
        return value == null ? null : value.value();
    }

    public @Nullable String optionalText(int field) {
        CborValue.Text value = take(field, CborValue.Text.class);
        return value == null ? null : value.value();
    }

    public @Nullable UUID optionalUuid(int field) {
        byte[] value = optionalBytes(field, UUID_LENGTH);
        if (value == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public byte @Nullable [] optionalBytes(int field, int length) {
        CborValue.Bytes value = take(field, CborValue.Bytes.class);
        if (value == null) {
            return null;
        }
        if (value.value().length != length) {
            throw new CborException("field " + field + " is not of " + length + " bytes");
        }
        return value.value();
    }

    /** Bytes of any length. */
    public byte[] anyBytes(int field) {
        return required(field, take(field, CborValue.Bytes.class)).value();
    }

    /** An absent map is an empty one; an empty one that is present is not canonical. */
    public CborValue.Dictionary optionalDictionary(int field) {
        CborValue.Dictionary value = take(field, CborValue.Dictionary.class);
        if (value == null) {
            return new CborValue.Dictionary(new TreeMap<>());
        }
        if (value.entries().isEmpty()) {
            throw new CborException("field " + field + " is present and empty");
        }
        return value;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public void requireNoMore() {
        if (!fields.isEmpty()) {
            throw new CborException("a field that the format does not know");
        }
    }

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private <T extends CborValue> @Nullable T take(int field, Class<T> kind) {
        CborValue value = fields.remove(key(field));
        if (value != null && !kind.isInstance(value)) {
            throw new CborException("field " + field + " is of another type");
        }
        return kind.cast(value);
    }

    private static <T> T required(int field, @Nullable T value) {
        if (value == null) {
            throw new CborException("field " + field + " is missing");
        }
        return value;
    }

    private static CborValue.Key key(int field) {
        return new CborValue.Unsigned(field);
    }
}
