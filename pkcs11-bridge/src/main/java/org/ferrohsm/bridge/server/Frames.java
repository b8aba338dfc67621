// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ferrohsm.bridge.platform.UnixStream;
import org.ferrohsm.bridge.wire.Protocol;

/**
 * The frames of one connection (docs/spec/wire.md, "Daemon"). A frame's length is believed only as far as its bytes have
 * come: memory grows with what was sent, not with what was announced.
 */
final class Frames {
    /** No longer message is read. */
    static final int LONGEST = 64 << 20;

    private static final int HEADER = 12;
    private static final int MOST_OPTIONS = 4096;
    private static final int FIRST_CAPACITY = 16 << 10;
    private static final int KEPT_CAPACITY = 256 << 10;

    /** How often the socket is looked at before the thread sleeps: some tens of microseconds, and waking takes longer. */
    private static final int LOOKS = 48;

    private static final int LONGEST_PAUSE = 63;

    private final UnixStream stream;
    private final LongSupplier nanoTime;
    private final long patience;
    private ByteBuffer frame = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private ByteBuffer message = frame.slice(HEADER, FIRST_CAPACITY - HEADER);
    private int code;
    private int length;
    private int used = HEADER;

    /** For how many requests nothing is looked at after looking was in vain, and how many of them are left. */
    private int pause;

    private int pauseLeft;

    /**
     * The frames of {@code stream}, whose timeout is set.
     *
     * @param patienceSeconds in which a frame that has begun has to end
     */
    Frames(UnixStream stream, LongSupplier nanoTime, int patienceSeconds) {
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.patience = TimeUnit.SECONDS.toNanos(patienceSeconds);
    }

    /**
     * Exchanges versions.
     *
     * @throws IOException if the client goes or stays silent
     */
    Protocol greet() throws IOException {
        frame.clear().limit(1);
        fill(nanoTime.getAsLong());
        Protocol protocol = Protocol.upTo(Byte.toUnsignedInt(frame.get(0)));
        frame.clear().limit(1);
        frame.put(0, (byte) protocol.version());
        flush();
        return protocol;
    }

    /**
     * Reads the next request.
     *
     * @param idleSeconds after which nothing is awaited any more, 0 for never
     * @return false if the client has gone or is idle
     * @throws IOException if the client sends nonsense, or half a frame and no more
     */
    boolean next(int idleSeconds) throws IOException {
        long begun = nanoTime.getAsLong();
        frame.clear().limit(HEADER);
        int count = comesAtOnce() ? frame.position() : stream.receive(frame);
        while (count == UnixStream.TIMEOUT
                && (idleSeconds == 0 || nanoTime.getAsLong() - begun < TimeUnit.SECONDS.toNanos(idleSeconds))) {
            count = stream.receive(frame);
        }
        if (count <= 0) {
            return false;
        }
        long start = nanoTime.getAsLong();
        fill(start);
        code = frame.getInt(0);
        int options = frame.getInt(4);
        length = frame.getInt(8);
        if (options < 0 || options > MOST_OPTIONS || length < 0 || length > LONGEST) {
            throw new IOException("a frame of %s bytes with %s of options"
                    .formatted(Integer.toUnsignedString(length), Integer.toUnsignedString(options)));
        }
        frame.clear().limit(options);
        fill(start);
        readMessage(start);
        return true;
    }

    /** Whether the next request has begun to come before it is worth while to sleep. */
    private boolean comesAtOnce() {
        if (pauseLeft > 0) {
            pauseLeft--;
            return false;
        }
        for (int look = 0; look < LOOKS; look++) {
            if (stream.receiveNow(frame)) {
                pause = 0;
                return true;
            }
        }
        pause = Math.min(LONGEST_PAUSE, 2 * pause + 1);
        pauseLeft = pause;
        return false;
    }

    /** What was read last, from 0 on, and where the answer goes. */
    ByteBuffer message() {
        return message;
    }

    /** The length of what was read last. */
    int length() {
        return length;
    }

    /** Makes room for an answer. */
    void reserve(int answer) {
        grow(HEADER + answer);
    }

    /** Sends the first bytes of {@link #message} as the answer, and wipes it. */
    void answer(int answer) throws IOException {
        used = Math.max(used, HEADER + answer);
        frame.clear().limit(HEADER + answer);
        frame.putInt(0, code).putInt(4, 0).putInt(8, answer);
        flush();
        wipe();
    }

    /** Overwrites request and answer, and gives back what an unusually long one took. */
    void wipe() {
        frame.clear();
        for (int at = 0; at < used; at++) {
            frame.put(at, (byte) 0);
        }
        used = HEADER;
        if (frame.capacity() > KEPT_CAPACITY) {
            take(ByteBuffer.allocateDirect(FIRST_CAPACITY));
        }
    }

    private void readMessage(long start) throws IOException {
        frame.clear().position(HEADER);
        int end = HEADER + length;
        while (true) {
            frame.limit(Math.min(end, frame.capacity()));
            fill(start);
            used = frame.position();
            if (used == end) {
                return;
            }
            grow(Math.min(end, 2 * frame.capacity()));
            frame.clear().position(used);
        }
    }

    private void fill(long start) throws IOException {
        while (frame.hasRemaining()) {
            if (stream.receive(frame) == UnixStream.END) {
                throw new IOException("a client that ended within a frame");
            }
            hurry(start, "sends");
        }
    }

    private void flush() throws IOException {
        long start = nanoTime.getAsLong();
        while (frame.hasRemaining()) {
            stream.send(frame);
            hurry(start, "reads");
        }
    }

    private void hurry(long start, String does) throws IOException {
        if (frame.hasRemaining() && nanoTime.getAsLong() - start > patience) {
            throw new IOException("a client that " + does + " too slowly");
        }
    }

    private void grow(int capacity) {
        if (capacity > frame.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
            larger.put(0, frame.clear(), 0, used);
            int kept = used;
            wipe();
            used = kept;
            take(larger);
        }
    }

    private void take(ByteBuffer other) {
        frame = other;
        message = other.slice(HEADER, other.capacity() - HEADER);
    }
}
