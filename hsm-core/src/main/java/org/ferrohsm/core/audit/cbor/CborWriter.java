// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit.cbor;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Writes a value in its deterministic encoding (RFC 8949 section 4.2.1). */
public final class CborWriter {
    static final int UNSIGNED = 0;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int MAP = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    private CborWriter() {}

    /** The encoding of {@code value}. */
    public static byte[] encode(CborValue value) {
        CborWriter writer = new CborWriter();
        writer.write(value);
        return writer.out.toByteArray();
    }

    private void write(CborValue value) {
        if (value instanceof CborValue.Unsigned number) {
            head(UNSIGNED, number.value());
        } else if (value instanceof CborValue.Bytes bytes) {
            string(BYTES, bytes.value());
        } else if (value instanceof CborValue.Text text) {
            string(TEXT, text.utf8());
        } else if (value instanceof CborValue.Dictionary map) {
            head(MAP, map.entries().size());
            for (Map.Entry<CborValue.Key, CborValue> entry : map.entries().entrySet()) {
                write(entry.getKey());
                write(entry.getValue());
            }
        }
    }

    private void string(int major, byte[] content) {
        head(major, content.length);
        out.writeBytes(content);
    }

    /** The initial byte and the shortest form of its argument. */
    private void head(int major, long argument) {
        if (argument < 24) {
            out.write((major << 5) | (int) argument);
        } else if (argument < 1L << 8) {
            argument(major, 24, argument, 1);
        } else if (argument < 1L << 16) {
            argument(major, 25, argument, 2);
        } else if (argument < 1L << 32) {
            argument(major, 26, argument, 4);
        } else {
            argument(major, 27, argument, 8);
        }
    }

    private void argument(int major, int information, long argument, int length) {
        out.write((major << 5) | information);
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
