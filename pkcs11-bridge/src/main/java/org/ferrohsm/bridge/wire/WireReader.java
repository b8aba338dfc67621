// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request part by part (docs/spec/wire.md, "Parts"), straight from the buffer in which the answer will be
 * written: a handler reads everything, calls {@link #end} and only then acts and answers. Every length is checked
 * against what is left before anything is allocated; what does not fit is DEVICE_ERROR.
 */
public final class WireReader {
    private static final int NULL_LENGTH = -1;

    private final ByteBuffer buffer;
    private final int end;
    private final Protocol protocol;
    private int at;

    /** The message of the current protocol in the first {@code length} bytes of {@code buffer}, whose limit is its capacity. */
    public WireReader(ByteBuffer buffer, int length) {
        this(buffer, length, Protocol.CURRENT);
    }

    /** The same, of any protocol. */
    public WireReader(ByteBuffer buffer, int length, Protocol protocol) {
        if (length < 0 || length > buffer.capacity()) {
            throw malformed("a request of " + length + " bytes in a buffer of " + buffer.capacity());
        }
        this.buffer = buffer;
        this.end = length;
        this.protocol = protocol;
    }

    /** Whose rules the message follows. */
    public Protocol protocol() {
        return protocol;
    }

    /** Takes the signature, which must be {@code expected}. */
    public void signature(String expected) {
        int length = count(1);
        boolean same = length == expected.length();
        for (int i = 0; i < length && same; i++) {
            same = buffer.get(at + i) == expected.charAt(i);
        }
        if (!same) {
            throw malformed("a signature other than " + expected);
        }
        at += length;
    }

    /** {@code y}, or a byte of a value. */
    public byte octet() {
        need(1);
        return buffer.get(at++);
    }

    /** {@code y} as a truth value: anything but 0 is true. */
    public boolean flag() {
        return octet() != 0;
    }

    /** Four bytes; lengths, types and ids are unsigned. */
    public int u32() {
        need(4);
        int value = buffer.getInt(at);
        at += 4;
        return value;
    }

    /** An attribute or mechanism type, from 0 to ffffffff. */
    public long type() {
        return Integer.toUnsignedLong(u32());
    }

    /** {@code u}. */
    public long ulong() {
        need(8);
        long value = buffer.getLong(at);
        at += 8;
        return value;
    }

    /** A u32 number of items that take at least {@code itemSize} bytes each, all of which can be there. */
    public int count(int itemSize) {
        int count = u32();
        if (count < 0 || count > (end - at) / itemSize) {
            throw malformed(Integer.toUnsignedLong(count) + " items where " + (end - at) + " bytes are left");
        }
        return count;
    }

    /** u32 length and bytes; null for a NULL pointer (length ffffffff). */
    public byte @Nullable [] block() {
        need(4);
        if (buffer.getInt(at) == NULL_LENGTH) {
            at += 4;
            return null;
        }
        byte[] bytes = new byte[count(1)];
        buffer.get(at, bytes);
        at += bytes.length;
        return bytes;
    }

    /** {@link #block} with nothing for a NULL pointer. */
    public byte[] blockOrEmpty() {
        byte[] bytes = block();
        return bytes == null ? new byte[0] : bytes;
    }

    /**
     * {@code ay}; null for a NULL pointer with length 0.
     *
     * @throws HsmException ARGUMENTS_BAD for a NULL pointer with a length
     */
    public byte @Nullable [] bytesOrNull() {
        return switch (octet()) {
            case 1 -> block();
            case 0 -> noBytes(u32());
            default -> throw malformed("neither bytes nor their absence");
        };
    }

    private static byte @Nullable [] noBytes(int length) {
        if (length != 0) {
            throw Fault.ARGUMENTS_BAD.because("a NULL pointer to " + Integer.toUnsignedLong(length) + " bytes");
        }
        return null;
    }

    /** {@code ay} where a NULL pointer stands for no bytes (PKCS#11 3.2 section 5.2). */
    public byte[] bytes() {
        byte[] bytes = bytesOrNull();
        return bytes == null ? new byte[0] : bytes;
    }

    /**
     * {@code ay} with a PIN, which the caller closes.
     *
     * @throws HsmException ARGUMENTS_BAD for a NULL pointer: there is no protected authentication path
     */
    public SecretBytes pin() {
        byte[] bytes = bytesOrNull();
        if (bytes == null) {
            throw Fault.ARGUMENTS_BAD.because("a NULL pointer for a PIN, but the token has no PIN pad");
        }
        return SecretBytes.adopt(bytes);
    }

    /**
     * {@code s} or {@code z}, without the blanks at its end.
     *
     * @throws HsmException ARGUMENTS_BAD unless it is UTF-8
     */
    public String text() {
        byte[] bytes = blockOrEmpty();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException e) {
            throw Fault.ARGUMENTS_BAD.because("a text that is not UTF-8", e);
        }
    }

    /** {@code fy}: the room for bytes as the services take it, {@link Output#QUERY} for a NULL pointer. */
    public int room() {
        int room = u32();
        if (room == NULL_LENGTH) {
            return 0;
        }
        return room == 0 ? Output.QUERY : places(room);
    }

    /** {@code fu}: the number of ulongs for which there is room, 0 also for a NULL pointer. */
    public int places() {
        return places(u32());
    }

    /** Declares the request read. */
    public void end() {
        if (at != end) {
            throw malformed((end - at) + " bytes left over");
        }
    }

    private void need(int bytes) {
        if (bytes > end - at) {
            throw malformed(bytes + " bytes wanted where " + (end - at) + " are left");
        }
    }

    private static int places(int number) {
        if (number < 0) {
            throw malformed("room for " + Integer.toUnsignedLong(number) + " items");
        }
        return number;
    }

    /** The fault of a message that does not follow the format. */
    static HsmException malformed(String detail) {
        return Fault.DEVICE_ERROR.because("malformed message: " + detail);
    }
}
