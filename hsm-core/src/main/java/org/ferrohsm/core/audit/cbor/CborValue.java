// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * The data model: unsigned integers below 2^63, byte strings, text strings and maps whose keys are unsigned integers or
 * texts. Nothing else of RFC 8949 can be written or read.
 */
public sealed interface CborValue permits CborValue.Key, CborValue.Bytes, CborValue.Dictionary {

    /** What may be a map's key, in the order of RFC 8949 section 4.2.1: bytewise by the keys' encodings. */
    sealed interface Key extends CborValue, Comparable<Key> permits Unsigned, Text {}

    /** Major type 0, from 0 to 2^63-1. */
    record Unsigned(long value) implements Key {
        public Unsigned {
            if (value < 0) {
                throw new CborException("an integer below 0 or above 2^63-1");
            }
        }

        @Override
        public int compareTo(Key other) {
            return other instanceof Unsigned number ? Long.compare(value, number.value) : -1;
        }
    }

    /** Major type 2. */
    record Bytes(byte[] value) implements CborValue {}

    /** Major type 3. */
    record Text(String value) implements Key {
        byte[] utf8() {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(Key other) {
            if (!(other instanceof Text text)) {
                return 1;
            }
            byte[] mine = utf8();
            byte[] theirs = text.utf8();
            return mine.length != theirs.length
                    ? Integer.compare(mine.length, theirs.length)
                    : Arrays.compareUnsigned(mine, theirs);
        }
    }

    /** Major type 5; the map is sorted by its keys' own order. */
    record Dictionary(SortedMap<Key, CborValue> entries) implements CborValue {}
}
