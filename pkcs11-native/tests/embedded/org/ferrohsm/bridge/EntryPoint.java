// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Stands in for the bridge where only the transport is tested: knows a few calls, and misbehaves when told to. */
public final class EntryPoint {
    private static final ThreadLocal<byte[]> KEPT = new ThreadLocal<>();

    private EntryPoint() {}

    public static boolean isComplete() {
        return true;
    }

    public static int call(ByteBuffer buffer, int requestLength) {
        ByteBuffer request = buffer.duplicate().clear().limit(requestLength);
        int id = request.getInt();
        String signature = string(request);
        ByteBuffer answer = ByteBuffer.allocate(id == 24 || id == 64 ? 2 << 20 : 256);
        switch (id) {
            case 1, 2 -> head(answer, id, "");
            case 3 -> info(answer);
            case 4 -> {
                head(answer, 4, "au");
                answer.put((byte) 0).putInt(0);
            }
            case 19 -> logout(answer, request.getLong());
            case 24 -> attribute(answer);
            case 64 -> random(answer, request);
            default -> throw new IllegalArgumentException(id + " " + signature);
        }
        byte[] bytes = Arrays.copyOf(answer.array(), answer.position());
        if (bytes.length > buffer.capacity()) {
            KEPT.set(bytes);
            return -bytes.length;
        }
        buffer.duplicate().clear().put(bytes);
        return bytes.length;
    }

    public static int fetch(ByteBuffer buffer) {
        byte[] bytes = KEPT.get();
        buffer.duplicate().clear().put(bytes);
        return bytes.length;
    }

    private static void info(ByteBuffer answer) {
        head(answer, 3, "vsusv");
        answer.put((byte) 3).put((byte) 2);
        padded(answer, System.getProperty("java.specification.version"));
        // In the place of the flags.
        answer.putLong(Thread.activeCount());
        padded(answer, "stand-in");
        answer.put((byte) 0).put((byte) 1);
    }

    /** Session 1 logs out; the others show what can go wrong on the Java side. */
    private static void logout(ByteBuffer answer, long session) {
        if (session == 2) {
            throw new IllegalStateException("session 2 throws");
        } else if (session == 3) {
            throw new OutOfMemoryError("session 3 has no memory");
        } else if (session == 4) {
            deeper(0);
        }
        head(answer, 19, "");
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    /** One attribute of a MiB. */
    private static void attribute(ByteBuffer answer) {
        head(answer, 24, "aAu");
        byte[] value = new byte[1 << 20];
        Arrays.fill(value, (byte) 0x5a);
        answer.putInt(1)
                .putInt(0x11)
                .put((byte) 1)
                .putInt(value.length)
                .putInt(value.length)
                .put(value)
                .putLong(0);
    }

    private static void random(ByteBuffer answer, ByteBuffer request) {
        request.getLong();
        byte[] bytes = new byte[request.getInt()];
        Arrays.fill(bytes, (byte) 0x11);
        head(answer, 64, "ay");
        answer.put((byte) 1).putInt(bytes.length).put(bytes);
    }

    private static void head(ByteBuffer answer, int id, String signature) {
        answer.putInt(id).putInt(signature.length()).put(signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static void padded(ByteBuffer answer, String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 32);
        Arrays.fill(bytes, text.length(), 32, (byte) ' ');
        answer.putInt(32).put(bytes);
    }

    private static String string(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
