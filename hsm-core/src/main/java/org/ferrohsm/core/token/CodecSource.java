// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/** Reads what {@link CodecSink} wrote, and nothing else: a number has one way to be written. */
final class CodecSource {
    private final byte[] bytes;
    private int position;

    CodecSource(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Unsigned LEB128. */
    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == bytes.length) {
                throw malformed("it ends early");
            }
            byte next = bytes[position++];
            long bits = next & 0x7f;
            value |= bits << shift;
            if (bits << shift >>> shift != bits || (next == 0 && shift > 0)) {
                throw malformed("a number is badly written");
            }
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number is too long");
    }

    /** The next {@code length} bytes, which must all be there. */
    byte[] bytes(long length) {
        if (length < 0 || length > bytes.length - position) {
            throw malformed("it ends early");
        }
        byte[] part = Arrays.copyOfRange(bytes, position, position + (int) length);
        position += (int) length;
        return part;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    static HsmException malformed(String why) {
        return Fault.DEVICE_ERROR.because("an object's attributes are badly written: " + why);
    }
}
