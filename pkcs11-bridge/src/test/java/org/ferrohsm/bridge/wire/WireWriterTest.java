// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.core.operation.Output;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    private static final int HEADER = 8;

    /** What is written behind the header of an answer without parts. */
    private static byte[] written(Consumer<WireWriter> write) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256);
        WireWriter out = new WireWriter(buffer, Call.C_Finalize);
        write.accept(out);
        byte[] bytes = new byte[out.success() - HEADER];
        buffer.get(HEADER, bytes);
        return bytes;
    }

    @Test
    void success_carries_the_calls_id_and_response_signature() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        WireWriter out = new WireWriter(buffer, Call.C_OpenSession);
        out.ulong(7);
        byte[] message = new byte[out.success()];
        buffer.get(0, message);
        assertArrayEquals(Bytes.of().u32(10).text("u").ulong(7).array(), message);
    }

    @Test
    void an_error_replaces_what_was_written() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        WireWriter out = new WireWriter(buffer, Call.C_OpenSession);
        out.ulong(7);
        byte[] message = new byte[out.error(0x60)];
        buffer.get(0, message);
        assertArrayEquals(Bytes.of().u32(0).text("u").ulong(0x60).array(), message);
    }

    @Test
    void output_travels_whole_or_as_its_length() {
        assertArrayEquals(
                Bytes.of().bytes(new byte[] {9, 8}).array(), written(out -> out.output(Output.of(new byte[] {9, 8}))));
        assertArrayEquals(Bytes.of().octet(0).u32(256).array(), written(out -> out.output(Output.lengthOnly(256))));
    }

    @Test
    void ulongs_travel_if_there_is_room_for_all_and_else_their_number_does() {
        long[] values = {3, 4};
        byte[] all = Bytes.of().octet(1).u32(2).ulong(3).ulong(4).array();
        byte[] number = Bytes.of().octet(0).u32(2).array();
        assertArrayEquals(all, written(out -> out.ulongs(values, 2)));
        assertArrayEquals(number, written(out -> out.ulongs(values, 1)));
        assertArrayEquals(number, written(out -> out.ulongs(values, 0)));
        assertArrayEquals(Bytes.of().octet(0).u32(0).array(), written(out -> out.ulongs(new long[0], 0)));
    }

    @Test
    void a_field_is_padded_with_blanks() {
        assertArrayEquals(Bytes.of().text("ab  ").array(), written(out -> out.padded("ab", 4)));
    }

    @Test
    void a_text_too_long_for_its_field_is_cut_between_characters() {
        assertArrayEquals(Bytes.of().text("abc ").array(), written(out -> out.padded("abcö", 4)));
        assertArrayEquals(Bytes.of().text("ab").array(), written(out -> out.padded("abc", 2)));
        assertArrayEquals(Bytes.of().text("   ").array(), written(out -> out.padded("\ud83d\ude00", 3)));
    }

    @Property
    void an_answer_is_the_same_whether_it_fits_the_buffer_or_not(
            @ForAll byte[] bytes, @ForAll @IntRange(max = 40) int capacity) {
        byte[] expected =
                Bytes.of().u32(Call.C_Encrypt.id()).text("ay").bytes(bytes).array();
        ByteBuffer buffer = ByteBuffer.allocateDirect(capacity);
        WireWriter out = new WireWriter(buffer, Call.C_Encrypt);
        out.output(Output.of(bytes));
        int length = out.success();
        byte[] overflow = out.overflow(length);
        if (overflow == null) {
            overflow = new byte[length];
            buffer.get(0, overflow);
        }
        assertArrayEquals(expected, overflow);
        assertEquals(expected.length > capacity, out.overflow(length) != null);
    }

    @Test
    void an_error_after_an_overflow_goes_to_the_given_buffer() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(32);
        WireWriter out = new WireWriter(buffer, Call.C_Encrypt);
        out.raw(new byte[100]);
        assertEquals(17, out.error(5));
        assertNull(out.overflow(17));
        assertEquals(5, buffer.getLong(9));
    }

    @Test
    void memory_of_its_own_is_wiped_once_the_answer_is_copied_out() {
        WireWriter out = new WireWriter(ByteBuffer.allocateDirect(0), Call.C_Encrypt);
        byte[] secret = "secret".getBytes(StandardCharsets.US_ASCII);
        out.raw(secret);
        int length = out.success();
        byte[] first = out.overflow(length);
        byte[] second = out.overflow(length);
        assertArrayEquals(secret, first == null ? null : Arrays.copyOfRange(first, 10, 16));
        assertArrayEquals(new byte[length], second);
    }
}
