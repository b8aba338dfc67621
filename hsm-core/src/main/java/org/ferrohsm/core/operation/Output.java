// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.jspecify.annotations.Nullable;

/**
 * What a call with an output buffer gives (PKCS#11 3.2 section 5.2).
 *
 * @param bytes the output; null if the caller asked for the length alone, or its room is too small
 * @param length the output's length, or the room that is needed
 */
public record Output(byte @Nullable [] bytes, int length) {
    /** As room: the caller has no buffer and asks for the length. */
    public static final int QUERY = -1;

    /** As room: the caller takes what comes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** The output itself. */
    public static Output of(byte[] bytes) {
        return new Output(bytes, bytes.length);
    }

    /** The length alone. */
    public static Output lengthOnly(int length) {
        return new Output(null, length);
    }

    /**
     * The bytes, for a caller that gave room without limit.
     *
     * @throws IllegalStateException if there are none
     */
    public byte[] require() {
        if (bytes == null) {
            throw new IllegalStateException("no output but its length");
        }
        return bytes;
    }
}
