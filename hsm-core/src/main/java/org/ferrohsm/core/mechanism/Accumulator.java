// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;

/** Gathers the parts of an input that a mechanism can only take whole. Wiped when taken. */
public final class Accumulator {
    private final int limit;
    private final Fault tooLong;
    private byte[] bytes = new byte[0];
    private int length;

    /** At most {@code limit} bytes; more is {@code tooLong}. */
    public Accumulator(int limit, Fault tooLong) {
        this.limit = limit;
        this.tooLong = tooLong;
    }

    /** Adds a part. */
    public void add(byte[] part, int offset, int count) {
        if (count > limit - length) {
            throw tooLong.because("more than " + limit + " bytes");
        }
        if (count > bytes.length - length) {
            int room = Math.min(limit, Math.max(length + count, 2 * bytes.length));
            byte[] larger = Arrays.copyOf(bytes, room);
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
        System.arraycopy(part, offset, bytes, length, count);
        length += count;
    }

    public int length() {
        return length;
    }

    /** All bytes in an array of their exact length, which is the caller's; the accumulator is empty again. */
    public byte[] take() {
        byte[] whole = bytes;
        if (length != bytes.length) {
            whole = Arrays.copyOf(bytes, length);
            Arrays.fill(bytes, (byte) 0);
        }
        bytes = new byte[0];
        length = 0;
        return whole;
    }
}
