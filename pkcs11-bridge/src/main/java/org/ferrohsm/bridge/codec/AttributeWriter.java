// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.bridge.wire.AttributeKind;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.service.AttributeReading;
import org.ferrohsm.core.service.AttributeReading.State;

/** Writes {@code aA} and the return value of C_GetAttributeValue (docs/spec/wire.md, "C_GetAttributeValue"). */
public final class AttributeWriter {
    private final WireWriter out;
    private long returnValue = Ckr.CKR_OK;

    private AttributeWriter(WireWriter out) {
        this.out = out;
    }

    /** Writes what was found of what was wanted, both in the caller's order. */
    public static void write(List<Wanted> wanted, List<AttributeReading> found, WireWriter out) {
        AttributeWriter writer = new AttributeWriter(out);
        writer.attributes(wanted, found);
        out.ulong(writer.returnValue);
    }

    private void attributes(List<Wanted> wanted, List<AttributeReading> found) {
        out.u32(found.size());
        for (int i = 0; i < found.size(); i++) {
            attribute(wanted.get(i), found.get(i));
        }
    }

    private void attribute(Wanted wanted, AttributeReading found) {
        AttributeValue value = found.value();
        out.u32((int) found.type());
        if (found.state() != State.PRESENT || value == null) {
            returnValue =
                    found.state() == State.SENSITIVE ? Ckr.CKR_ATTRIBUTE_SENSITIVE : Ckr.CKR_ATTRIBUTE_TYPE_INVALID;
            out.octet(0);
            return;
        }
        AttributeKind kind = AttributeKind.of(found.type());
        long length = length(kind, found.type(), value);
        if (wanted.room() != 0 && length > wanted.room()) {
            returnValue = returnValue == Ckr.CKR_OK ? Ckr.CKR_BUFFER_TOO_SMALL : returnValue;
            out.octet(0);
            return;
        }
        out.octet(1);
        out.u32((int) length);
        if (wanted.room() == 0 || length == 0) {
            nothing(kind);
        } else {
            value(kind, wanted, found.type(), value);
        }
    }

    private static long length(AttributeKind kind, long type, AttributeValue value) {
        return switch (kind) {
            case BYTE -> 1;
            case ULONG -> Long.BYTES;
            case ATTRIBUTE_ARRAY ->
                (long) TemplateReader.ATTRIBUTE_SIZE * template(value).size();
            case DATE, MECHANISM_TYPE_ARRAY, BYTE_ARRAY -> HostUlongs.contains(type) ? Long.BYTES : value.length();
        };
    }

    private void nothing(AttributeKind kind) {
        switch (kind) {
            case BYTE -> out.octet(0);
            case ULONG -> out.ulong(0);
            case MECHANISM_TYPE_ARRAY, ATTRIBUTE_ARRAY -> out.u32(0);
            case DATE, BYTE_ARRAY -> out.noBlock();
        }
    }

    private void value(AttributeKind kind, Wanted wanted, long type, AttributeValue value) {
        switch (kind) {
            case BYTE -> out.octet(value.asBoolean() ? 1 : 0);
            case ULONG -> out.ulong(value.asLong());
            case MECHANISM_TYPE_ARRAY -> mechanisms(value.asMechanisms());
            case ATTRIBUTE_ARRAY -> nested(wanted.nested(), template(value));
            case DATE, BYTE_ARRAY -> out.block(HostUlongs.contains(type) ? HostUlongs.write(value) : value.asBytes());
        }
    }

    private void mechanisms(long[] types) {
        out.u32(types.length);
        for (long type : types) {
            out.ulong(type);
        }
    }

    private void nested(List<Wanted> wanted, Template template) {
        List<AttributeReading> found = new ArrayList<>(template.size());
        for (long type : template.types()) {
            found.add(new AttributeReading(type, State.PRESENT, template.get(type)));
        }
        attributes(wanted, found);
    }

    /** An empty value, as an object has whose template was never set, is an empty template. */
    private static Template template(AttributeValue value) {
        return value.length() == 0 && !value.isTemplate() ? Template.EMPTY : value.asTemplate();
    }
}
