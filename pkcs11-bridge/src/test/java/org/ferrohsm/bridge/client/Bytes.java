// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ferrohsm.bridge.wire.AttributeKind;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;

/** Bytes of a message, put together by hand. */
public final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static Bytes of() {
        return new Bytes();
    }

    /** A reader of such bytes in a direct buffer, as the C library gives it. */
    public static WireReader reader(byte[] bytes) {
        return new WireReader(ByteBuffer.allocateDirect(bytes.length).put(bytes).clear(), bytes.length);
    }

    public WireReader reader() {
        return reader(array());
    }

    public byte[] array() {
        return out.toByteArray();
    }

    public Bytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Bytes octet(int value) {
        out.write(value);
        return this;
    }

    public Bytes u32(long value) {
        return raw(ByteBuffer.allocate(4).putInt((int) value).array());
    }

    public Bytes ulong(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    public Bytes block(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    public Bytes nullBlock() {
        return u32(0xffffffffL);
    }

    public Bytes text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code ay}. */
    public Bytes bytes(byte[] bytes) {
        return octet(1).block(bytes);
    }

    /** {@code ay} of a NULL pointer. */
    public Bytes nullBytes(long length) {
        return length == 0 ? octet(1).nullBlock() : octet(0).u32(length);
    }

    /** {@code aA}, each value written as its kind says. */
    public Bytes template(Template template) {
        u32(template.size());
        for (long type : template.types()) {
            AttributeValue value = template.get(type);
            if (value != null) {
                u32(type).octet(1);
                value(type, value);
            }
        }
        return this;
    }

    private void value(long type, AttributeValue value) {
        switch (AttributeKind.of(type)) {
            case BYTE -> u32(1).octet(value.asBoolean() ? 1 : 0);
            case ULONG -> u32(8).ulong(value.asLong());
            case MECHANISM_TYPE_ARRAY -> {
                u32(value.length()).u32(value.length() / 8);
                for (long mechanism : value.asMechanisms()) {
                    ulong(mechanism);
                }
            }
            case ATTRIBUTE_ARRAY -> u32(24L * value.asTemplate().size()).template(value.asTemplate());
            case DATE, BYTE_ARRAY -> {
                u32(value.length());
                if (value.length() == 0) {
                    nullBlock();
                } else {
                    block(value.asBytes());
                }
            }
        }
    }
}
