// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.bridge.wire.AttributeKind;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.fault.Fault;

/**
 * One attribute of {@code fA}: what C_GetAttributeValue is asked for (docs/spec/wire.md, "C_GetAttributeValue").
 *
 * @param type CKA_*
 * @param room in bytes, 0 for a NULL pointer
 * @param nested what the attributes of a nested template have room for, in its order
 */
public record Wanted(long type, long room, List<Wanted> nested) {
    private static final int SIZE = 8;
    private static final int DEPTH_MAX = 8;

    /** Reads {@code fA}. */
    public static List<Wanted> read(WireReader in) {
        return list(in.count(SIZE), in, 0);
    }

    private static List<Wanted> list(int count, WireReader in, int depth) {
        if (depth > DEPTH_MAX) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("templates nested more than " + DEPTH_MAX + " deep");
        }
        List<Wanted> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long type = in.type();
            long room = Integer.toUnsignedLong(in.u32());
            boolean pointsToAttributes = AttributeKind.of(type) == AttributeKind.ATTRIBUTE_ARRAY && room != 0;
            list.add(new Wanted(type, room, pointsToAttributes ? pointees(room, in, depth) : List.of()));
        }
        return list;
    }

    /** The same again, as many as the room is for. */
    private static List<Wanted> pointees(long room, WireReader in, int depth) {
        int count = in.count(SIZE);
        if (count != room / TemplateReader.ATTRIBUTE_SIZE) {
            throw Fault.DEVICE_ERROR.because(
                    "malformed message: " + count + " attributes in room for " + room + " bytes");
        }
        return list(count, in, depth + 1);
    }
}
