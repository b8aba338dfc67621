// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;

/** The little of DER that keys, points and signatures need. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int PRINTABLE_STRING = 0x13;
    static final int SEQUENCE = 0x30;

    private Der() {}

    /** One element around the concatenation of {@code contents}. */
    static byte[] element(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        int lengthBytes = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
        byte[] element = new byte[2 + lengthBytes + length];
        int at = 0;
        element[at++] = (byte) tag;
        if (lengthBytes == 0) {
            element[at++] = (byte) length;
        } else {
            element[at++] = (byte) (0x80 | lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                element[at++] = (byte) (length >> (8 * i));
            }
        }
        for (byte[] content : contents) {
            System.arraycopy(content, 0, element, at, content.length);
            at += content.length;
        }
        return element;
    }

    /** A BIT STRING of whole bytes. */
    static byte[] bitString(byte[] bytes) {
        return element(BIT_STRING, new byte[1], bytes);
    }

    /** An INTEGER. */
    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    /** An INTEGER from an unsigned big-endian number of any width. */
    static byte[] unsigned(byte[] number, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end - 1 && number[from] == 0) {
            from++;
        }
        byte[] digits = Arrays.copyOfRange(number, from, end);
        return digits.length > 0 && digits[0] >= 0 ? element(INTEGER, digits) : element(INTEGER, new byte[1], digits);
    }

    /**
     * The content of the one element of {@code tag} that {@code encoded} is, trailing bytes not allowed.
     *
     * @throws org.ferrohsm.core.fault.HsmException {@code otherwise} if it is not
     */
    static byte[] content(int tag, byte[] encoded, Fault otherwise) {
        Reader reader = new Reader(encoded, otherwise);
        byte[] content = reader.next(tag);
        reader.end();
        return content;
    }

    /** Reads elements one after the other. */
    static final class Reader {
        private final byte[] encoded;
        private final Fault otherwise;
        private int at;

        Reader(byte[] encoded, Fault otherwise) {
            this.encoded = encoded;
            this.otherwise = otherwise;
        }

        /** The content of the next element, which must have this tag. */
        byte[] next(int tag) {
            need(2);
            if ((encoded[at] & 0xff) != tag) {
                throw otherwise.because("DER tag " + (encoded[at] & 0xff) + " where " + tag + " is needed");
            }
            int length = encoded[at + 1] & 0xff;
            at += 2;
            if (length >= 0x80) {
                length = longLength(length & 0x7f);
            }
            need(length);
            byte[] content = Arrays.copyOfRange(encoded, at, at + length);
            at += length;
            return content;
        }

        /** All that follows. */
        byte[] rest() {
            byte[] rest = Arrays.copyOfRange(encoded, at, encoded.length);
            at = encoded.length;
            return rest;
        }

        /** Nothing may follow. */
        void end() {
            if (at != encoded.length) {
                throw otherwise.because("bytes after the end of a DER element");
            }
        }

        private int longLength(int count) {
            if (count == 0 || count > 2) {
                throw otherwise.because("a DER length of " + count + " bytes");
            }
            need(count);
            int length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | (encoded[at++] & 0xff);
            }
            if (length < (count == 1 ? 0x80 : 0x100)) {
                throw otherwise.because("a DER length that is not the shortest");
            }
            return length;
        }

        private void need(int count) {
            if (count > encoded.length - at) {
                throw otherwise.because("a DER element that ends too early");
            }
        }
    }
}
