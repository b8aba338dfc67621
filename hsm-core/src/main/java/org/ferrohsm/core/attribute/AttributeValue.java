// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One attribute's value as canonical bytes: a boolean is one byte 0 or 1, a ulong eight bytes big-endian, a mechanism
 * list its ulongs in order, everything else the bytes themselves. A nested template is kept as such.
 */
public final class AttributeValue {
    private static final AttributeValue TRUE = new AttributeValue(new byte[] {1}, null);
    private static final AttributeValue FALSE = new AttributeValue(new byte[] {0}, null);
    private static final AttributeValue EMPTY = new AttributeValue(new byte[0], null);

    private final byte[] bytes;
    private final @Nullable Template template;

    private AttributeValue(byte[] bytes, @Nullable Template template) {
        this.bytes = bytes;
        this.template = template;
    }

    public static AttributeValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public static AttributeValue of(long value) {
        return new AttributeValue(ByteBuffer.allocate(8).putLong(value).array(), null);
    }

    /** The bytes are copied. */
    public static AttributeValue of(byte[] value) {
        return value.length == 0 ? EMPTY : new AttributeValue(value.clone(), null);
    }

    public static AttributeValue of(String text) {
        return new AttributeValue(text.getBytes(StandardCharsets.UTF_8), null);
    }

    public static AttributeValue ofMechanisms(long... types) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * types.length);
        for (long type : types) {
            buffer.putLong(type);
        }
        return new AttributeValue(buffer.array(), null);
    }

    public static AttributeValue of(Template nested) {
        return new AttributeValue(new byte[0], nested);
    }

    /** An empty value, which every kind but BOOL and ULONG may have. */
    public static AttributeValue empty() {
        return EMPTY;
    }

    /**
     * The boolean.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID unless this is one byte
     */
    public boolean asBoolean() {
        if (bytes.length != 1) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a boolean of " + bytes.length + " bytes");
        }
        return bytes[0] != 0;
    }

    /**
     * The number.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID unless this is eight bytes
     */
    public long asLong() {
        if (bytes.length != 8) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a number of " + bytes.length + " bytes");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** A copy of the canonical bytes. */
    public byte[] asBytes() {
        return bytes.clone();
    }

    public String asText() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The mechanism types.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID unless this is a list of ulongs
     */
    public long[] asMechanisms() {
        if (bytes.length % 8 != 0) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a mechanism list of " + bytes.length + " bytes");
        }
        long[] types = new long[bytes.length / 8];
        ByteBuffer.wrap(bytes).asLongBuffer().get(types);
        return types;
    }

    /**
     * The nested template.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID unless this is a template
     */
    public Template asTemplate() {
        if (template == null) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a nested template is needed");
        }
        return template;
    }

    /** Whether this holds a nested template. */
    public boolean isTemplate() {
        return template != null;
    }

    /** Length of the canonical bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributeValue that
                && Arrays.equals(bytes, that.bytes)
                && java.util.Objects.equals(template, that.template);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) + (template == null ? 0 : template.hashCode());
    }

    /** The length alone: a value may be secret. */
    @Override
    public String toString() {
        return template == null ? "[" + bytes.length + " bytes]" : template.toString();
    }
}
