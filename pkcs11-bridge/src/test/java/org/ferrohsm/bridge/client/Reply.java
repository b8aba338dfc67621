// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.operation.Output;

/** An answer, read as the C library reads it: its signature must be that of the call, or ERROR's. */
public final class Reply {
    private final ByteBuffer parts;
    private final long returnValue;

    private Reply(ByteBuffer parts, long returnValue) {
        this.parts = parts;
        this.returnValue = returnValue;
    }

    /**
     * The answer in these bytes.
     *
     * @throws IllegalArgumentException unless {@code message} is an answer to {@code call} or ERROR
     */
    public static Reply of(Call call, byte[] message) {
        ByteBuffer parts = ByteBuffer.wrap(message);
        int id = parts.getInt();
        String signature = text(parts);
        if (id == 0 && signature.equals("u") && parts.remaining() == 8) {
            return new Reply(parts, parts.getLong());
        }
        if (id != call.id() || !signature.equals(call.response())) {
            throw new IllegalArgumentException("answer %d \"%s\" to %s".formatted(id, signature, call));
        }
        return new Reply(parts, Ckr.CKR_OK);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** CKR_* by name: what ERROR carries, else CKR_OK. */
    public String returnValue() {
        return Ckr.name(returnValue);
    }

    /** This, if the call was successful. */
    public Reply ok() {
        if (returnValue != Ckr.CKR_OK) {
            throw new AssertionError(returnValue());
        }
        return this;
    }

    public long ulong() {
        return parts.getLong();
    }

    public int octet() {
        return parts.get();
    }

    /** u32 length and bytes; none for a NULL pointer. */
    public byte[] block() {
        int length = parts.getInt();
        byte[] bytes = new byte[Math.max(0, length)];
        parts.get(bytes);
        return bytes;
    }

    /** {@code s} */
    public String text() {
        return text(parts);
    }

    /** {@code v} as {@code major.minor} */
    public String version() {
        return parts.get() + "." + parts.get();
    }

    /** {@code ay} */
    public Output output() {
        if (parts.get() == 0) {
            return Output.lengthOnly(parts.getInt());
        }
        byte[] bytes = new byte[parts.getInt()];
        parts.get(bytes);
        return Output.of(bytes);
    }

    /** {@code au} with values */
    public long[] ulongs() {
        if (parts.get() == 0) {
            throw new AssertionError("only a number: " + parts.getInt());
        }
        long[] values = new long[parts.getInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.getLong();
        }
        return values;
    }

    /** {@code au} without values */
    public int number() {
        if (parts.get() != 0) {
            throw new AssertionError("not only a number");
        }
        return parts.getInt();
    }

    /** The parts not read yet. */
    public byte[] rest() {
        byte[] bytes = new byte[parts.remaining()];
        parts.get(bytes);
        return bytes;
    }
}
