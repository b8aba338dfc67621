// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Arrays;

/** Collects bytes that may be secret: what it outgrows it wipes. */
final class CodecSink implements AutoCloseable {
    private byte[] buffer = new byte[512];
    private int length;

    /** Unsigned LEB128, 1 to 10 bytes. */
    void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void bytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /** A copy of everything so far. */
    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            byte[] outgrown = buffer;
            buffer = Arrays.copyOf(outgrown, Math.max(2 * outgrown.length, Math.addExact(length, more)));
            Arrays.fill(outgrown, (byte) 0);
        }
    }

    /** Wipes. */
    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
    }
}
