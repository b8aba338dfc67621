// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * What a key, a code or a seal is bound to, as bytes: a purpose, then fields in the order that the purpose prescribes.
 * Text and byte fields carry their length, so that no two sequences of fields give the same bytes.
 */
public final class Binding {
    private ByteBuffer buffer = ByteBuffer.allocate(128);

    private Binding() {}

    /** Starts with the purpose, which no other use may share. */
    public static Binding of(String purpose) {
        return new Binding().with(purpose.getBytes(StandardCharsets.US_ASCII));
    }

    /** Length (4), then the bytes. */
    public Binding with(byte[] bytes) {
        room(4 + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    /** Sixteen bytes. */
    public Binding with(UUID id) {
        room(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return this;
    }

    /** Eight bytes, big-endian. */
    public Binding with(long number) {
        room(8).putLong(number);
        return this;
    }

    /** One byte, 0 or 1. */
    public Binding with(boolean flag) {
        room(1).put((byte) (flag ? 1 : 0));
        return this;
    }

    /** The bytes so far. */
    public byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int length) {
        if (buffer.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + length));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }
}
