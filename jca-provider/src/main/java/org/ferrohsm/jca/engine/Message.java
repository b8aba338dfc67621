// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * The data of a signature, MAC or digest on their way into the token. Short messages are collected and go in one call in
 * whatever session is free; a long one is streamed through a session that is held until the end.
 */
final class Message {
    private static final int LONGEST_COLLECTED = 1 << 16;
    private static final int FIRST_ROOM = 256;

    /** Takes in a part in a session where the operation runs. */
    @FunctionalInterface
    interface PartCall {
        void take(Session session, byte[] part);
    }

    /** Ends an operation that was just started, over all the data. */
    @FunctionalInterface
    interface WholeCall<T> {
        T end(Session session, byte[] data);
    }

    private final OperationKind kind;
    private byte[] collected = new byte[FIRST_ROOM];
    private int length;
    private @Nullable HeldSession stream;

    Message(OperationKind kind) {
        this.kind = kind;
    }

    /** Bytes collected so far, if the message is not streamed. */
    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0 && stream == null;
    }

    /** Takes in data; {@code start} starts the operation if it must be streamed, {@code part} streams. */
    void update(Token token, Consumer<Session> start, PartCall part, byte[] data, int offset, int count) {
        if (stream == null && length + count <= LONGEST_COLLECTED && length + count >= 0) {
            if (length + count > collected.length) {
                collected = Arrays.copyOf(
                        collected, Math.min(LONGEST_COLLECTED, Math.max(2 * collected.length, length + count)));
            }
            System.arraycopy(data, offset, collected, length, count);
            length += count;
            return;
        }
        HeldSession held = stream;
        if (held == null) {
            held = new HeldSession(this, token, kind);
            stream = held;
            start.accept(held.session());
            part.take(held.session(), Arrays.copyOf(collected, length));
            length = 0;
        }
        part.take(held.session(), Arrays.copyOfRange(data, offset, offset + count));
    }

    /** Ends the operation and is empty again, whatever comes of it. */
    <T> T finish(Token token, Consumer<Session> start, WholeCall<T> whole, Function<Session, T> rest) {
        HeldSession held = stream;
        try {
            if (held == null) {
                byte[] data = Arrays.copyOf(collected, length);
                return token.call(session -> {
                    start.accept(session);
                    return whole.end(session, data);
                });
            }
            T result = rest.apply(held.session());
            held.finished();
            stream = null;
            return result;
        } finally {
            reset();
        }
    }

    /** Drops the data. */
    void reset() {
        HeldSession held = stream;
        if (held != null) {
            held.abandon();
            stream = null;
        }
        if (length > 0) {
            Arrays.fill(collected, 0, length, (byte) 0);
            length = 0;
        }
    }
}
