// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value from its deterministic encoding and refuses every other encoding of it: arguments that are not the
 * shortest, indefinite lengths, keys that are double or out of order, text that is not UTF-8, bytes after the end. So
 * what was read encodes to the same bytes again.
 */
public final class CborReader {
    /** The longest input, in bytes. */
    public static final int MAX_LENGTH = 1 << 15;

    /** How many maps may lie inside one another. */
    public static final int MAX_DEPTH = 4;

    private final byte[] input;
    private int at;

    private CborReader(byte[] input) {
        this.input = input;
    }

    /**
     * The value that {@code input} encodes.
     *
     * @throws CborException if it is not exactly one value in its deterministic encoding, within the bounds
     */
    public static CborValue decode(byte[] input) {
        if (input.length > MAX_LENGTH) {
            throw new CborException("longer than " + MAX_LENGTH + " bytes");
        }
        CborReader reader = new CborReader(input);
        CborValue value = reader.value(0);
        if (reader.at != input.length) {
            throw new CborException("bytes after the end");
        }
        return value;
    }

    private CborValue value(int depth) {
        int initial = next();
        int major = initial >> 5;
        long argument = argument(initial & 0x1f);
        return switch (major) {
            case CborWriter.UNSIGNED -> new CborValue.Unsigned(argument);
            case CborWriter.BYTES -> new CborValue.Bytes(take(argument));
            case CborWriter.TEXT -> new CborValue.Text(text(take(argument)));
            case CborWriter.MAP -> dictionary(argument, depth);
            default -> throw new CborException("major type " + major);
        };
    }

    private CborValue dictionary(long size, int depth) {
        if (depth == MAX_DEPTH) {
            throw new CborException("more than " + MAX_DEPTH + " maps inside one another");
        }
        SortedMap<CborValue.Key, CborValue> entries = new TreeMap<>();
        CborValue.@Nullable Key previous = null;
        for (long i = 0; i < size; i++) {
            if (!(value(depth + 1) instanceof CborValue.Key key)) {
                throw new CborException("a key that is neither integer nor text");
            }
            if (previous != null && previous.compareTo(key) >= 0) {
                throw new CborException("a key that is double or out of order");
            }
            entries.put(key, value(depth + 1));
            previous = key;
        }
        return new CborValue.Dictionary(entries);
    }

    private long argument(int information) {
        if (information < 24) {
            return information;
        }
        if (information > 27) {
            throw new CborException("an indefinite or reserved length");
        }
        int length = 1 << (information - 24);
        long argument = 0;
        for (int i = 0; i < length; i++) {
            argument = (argument << 8) | next();
        }
        long shorter = length == 1 ? 24 : 1L << (4 * length);
        if (argument < 0 || argument < shorter) {
            throw new CborException("an integer that is not in its shortest form, or above 2^63-1");
        }
        return argument;
    }

    private byte[] take(long length) {
        if (length > input.length - at) {
            throw new CborException("the input ends early");
        }
        int from = at;
        at += (int) length;
        return Arrays.copyOfRange(input, from, at);
    }

    private int next() {
        if (at == input.length) {
            throw new CborException("the input ends early");
        }
        return input[at++] & 0xff;
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CborException("text that is not UTF-8");
        }
    }
}
