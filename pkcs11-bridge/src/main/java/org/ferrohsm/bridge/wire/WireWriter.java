// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.service.Version;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer part by part (docs/spec/wire.md, "Parts") into the buffer that the request came in, or, once that is
 * full, into memory of its own.
 */
public final class WireWriter {
    private static final int HEADER = 8;
    private static final byte BLANK = ' ';

    private final ByteBuffer given;
    private final Call call;
    private ByteBuffer target;
    /** The memory of {@code target} once it is not the given one. */
    private byte @Nullable [] own;

    private int at;

    /** An answer to {@code call}, from the first byte of {@code buffer} on. */
    public WireWriter(ByteBuffer buffer, Call call) {
        this.given = buffer;
        this.call = call;
        this.target = buffer;
        this.at = HEADER + call.response().length();
    }

    /** {@code y}. */
    public void octet(int value) {
        need(1);
        target.put(at++, (byte) value);
    }

    /** Four bytes. */
    public void u32(int value) {
        need(4);
        target.putInt(at, value);
        at += 4;
    }

    /** {@code u}. */
    public void ulong(long value) {
        need(8);
        target.putLong(at, value);
        at += 8;
    }

    /** {@code v}. */
    public void version(Version version) {
        octet(version.major());
        octet(version.minor());
    }

    /** u32 length and the bytes. */
    public void block(byte[] bytes) {
        u32(bytes.length);
        raw(bytes);
    }

    /** What stands for a block of a NULL pointer. */
    public void noBlock() {
        u32(-1);
    }

    /** {@code s}: a field of {@code width} bytes, padded with blanks; a text that is too long ends with its last whole character. */
    public void padded(String text, int width) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, width);
        while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        byte[] field = new byte[width];
        Arrays.fill(field, length, width, BLANK);
        System.arraycopy(bytes, 0, field, 0, length);
        block(field);
    }

    /** {@code ay}: the bytes, or their length alone. */
    public void output(Output output) {
        byte[] bytes = output.bytes();
        if (bytes == null) {
            octet(0);
            u32(output.length());
        } else {
            octet(1);
            block(bytes);
        }
    }

    /** {@code au}: the values if there is room for all of them, else their number. */
    public void ulongs(long[] values, int room) {
        boolean fits = room > 0 && values.length <= room;
        octet(fits ? 1 : 0);
        u32(values.length);
        for (int i = 0; fits && i < values.length; i++) {
            ulong(values[i]);
        }
    }

    /** Bytes as they are. */
    public void raw(byte[] bytes) {
        need(bytes.length);
        target.put(at, bytes);
        at += bytes.length;
    }

    /** Ends an answer that reports success; its length. */
    public int success() {
        int length = at;
        at = 0;
        header(call);
        at = length;
        return length;
    }

    /** Replaces whatever has been written by ERROR with {@code returnValue}; the answer's length. */
    public int error(long returnValue) {
        wipeOwn();
        own = null;
        target = given;
        at = 0;
        header(Call.ERROR);
        ulong(returnValue);
        return at;
    }

    /** The first {@code length} bytes of an answer that the given buffer does not hold, null if it does. Once only. */
    public byte @Nullable [] overflow(int length) {
        if (own == null) {
            return null;
        }
        byte[] answer = Arrays.copyOf(own, length);
        wipeOwn();
        return answer;
    }

    private void header(Call which) {
        u32(which.id());
        String signature = which.response();
        u32(signature.length());
        for (int i = 0; i < signature.length(); i++) {
            octet(signature.charAt(i));
        }
    }

    private void need(int bytes) {
        if (bytes > target.capacity() - at) {
            grow((long) at + bytes);
        }
    }

    private void grow(long least) {
        if (least > Integer.MAX_VALUE - HEADER) {
            throw Fault.HOST_MEMORY.because("an answer of " + least + " bytes");
        }
        int capacity = (int) Math.min(Math.max(least, 2L * target.capacity()), Integer.MAX_VALUE - HEADER);
        byte[] larger = new byte[capacity];
        target.get(0, larger, 0, Math.min(at, target.capacity()));
        wipeOwn();
        own = larger;
        target = ByteBuffer.wrap(larger);
    }

    private void wipeOwn() {
        if (own != null) {
            Arrays.fill(own, (byte) 0);
        }
    }
}
