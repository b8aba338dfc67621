// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Arrays;
import org.ferrohsm.bridge.wire.AttributeKind;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/** Reads {@code aA} (docs/spec/wire.md, "Attributes"). */
public final class TemplateReader {
    /** An attribute without a value: type and presence. */
    private static final int LEAST_SIZE = 5;

    private static final int ATTRIBUTES_MAX = 0xffff;
    private static final int DEPTH_MAX = 8;
    /** sizeof(CK_ATTRIBUTE). */
    static final int ATTRIBUTE_SIZE = 24;

    private TemplateReader() {}

    /**
     * The template.
     *
     * @throws HsmException ARGUMENTS_BAD for an attribute without a value and for more attributes than anybody has,
     *     ATTRIBUTE_VALUE_INVALID for a length that the attribute cannot have, TEMPLATE_INCONSISTENT for one that
     *     stands twice with different values
     */
    public static Template read(WireReader in) {
        return template(in.count(LEAST_SIZE), in, 0);
    }

    private static Template template(int count, WireReader in, int depth) {
        if (count > ATTRIBUTES_MAX) {
            throw Fault.ARGUMENTS_BAD.because("a template of " + count + " attributes");
        }
        if (count == 0) {
            return Template.EMPTY;
        }
        Template.Builder template = Template.builder();
        for (int i = 0; i < count; i++) {
            long type = in.type();
            if (!in.flag()) {
                throw Fault.ARGUMENTS_BAD.because(Cka.name(type) + " has no value");
            }
            template.put(type, value(type, in, depth));
        }
        return template.build();
    }

    private static AttributeValue value(long type, WireReader in, int depth) {
        int length = in.u32();
        return switch (AttributeKind.of(type)) {
            case BYTE -> {
                require(length == 1, type, length);
                yield AttributeValue.of(in.flag());
            }
            case ULONG -> {
                require(length == Long.BYTES, type, length);
                yield AttributeValue.of(in.ulong());
            }
            case MECHANISM_TYPE_ARRAY -> mechanisms(type, length, in);
            case ATTRIBUTE_ARRAY -> nested(type, length, in, depth + 1);
            case DATE -> {
                require(length == 0 || length == 8, type, length);
                yield bytes(type, length, in);
            }
            case BYTE_ARRAY -> bytes(type, length, in);
        };
    }

    private static AttributeValue mechanisms(long type, int length, WireReader in) {
        int count = in.count(Long.BYTES);
        require((long) length == (long) Long.BYTES * count, type, length);
        long[] types = new long[count];
        for (int i = 0; i < count; i++) {
            types[i] = in.ulong();
        }
        return AttributeValue.ofMechanisms(types);
    }

    private static AttributeValue nested(long type, int length, WireReader in, int depth) {
        if (depth > DEPTH_MAX) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("templates nested more than " + DEPTH_MAX + " deep");
        }
        int count = in.count(LEAST_SIZE);
        require((long) length == (long) ATTRIBUTE_SIZE * count, type, length);
        return AttributeValue.of(template(count, in, depth));
    }

    private static AttributeValue bytes(long type, int length, WireReader in) {
        byte[] bytes = in.block();
        if (bytes == null) {
            if (length != 0) {
                throw Fault.ARGUMENTS_BAD.because(Cka.name(type) + " is a NULL pointer to " + length + " bytes");
            }
            return AttributeValue.empty();
        }
        require(length == bytes.length, type, length);
        AttributeValue value = HostUlongs.contains(type) ? HostUlongs.read(bytes) : AttributeValue.of(bytes);
        /* It may be a key. */
        Arrays.fill(bytes, (byte) 0);
        return value;
    }

    private static void require(boolean possible, long type, int length) {
        if (!possible) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because(
                    Cka.name(type) + " cannot have " + Integer.toUnsignedLong(length) + " bytes");
        }
    }
}
