// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.operation.Output;
import org.junit.jupiter.api.Test;

class WireReaderTest {
    private static void refused(Fault fault, Bytes message, Consumer<WireReader> read) {
        assertEquals(
                fault,
                assertThrows(HsmException.class, () -> read.accept(message.reader()))
                        .fault());
    }

    @Test
    void a_room_of_zero_is_a_null_pointer_and_all_ones_a_pointer_to_no_room() {
        assertEquals(Output.QUERY, Bytes.of().u32(0).reader().room());
        assertEquals(0, Bytes.of().u32(0xffffffffL).reader().room());
        assertEquals(64, Bytes.of().u32(64).reader().room());
        assertEquals(Output.UNLIMITED, Bytes.of().u32(0x7fffffff).reader().room());
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(0x80000000L), WireReader::room);
    }

    @Test
    void a_number_of_ulongs_has_no_null() {
        assertEquals(0, Bytes.of().u32(0).reader().places());
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(0xffffffffL), WireReader::places);
    }

    @Test
    void numbers_are_unsigned_and_big_endian() {
        assertEquals(0xfffffffeL, Bytes.of().u32(0xfffffffeL).reader().type());
        assertEquals(
                0x0102030405060708L,
                Bytes.of()
                        .raw((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6, (byte) 7, (byte) 8)
                        .reader()
                        .ulong());
    }

    @Test
    void bytes_of_a_null_pointer_are_told_from_no_bytes() {
        assertNull(Bytes.of().nullBytes(0).reader().bytesOrNull());
        assertArrayEquals(new byte[0], Bytes.of().bytes(new byte[0]).reader().bytesOrNull());
        assertArrayEquals(new byte[0], Bytes.of().nullBytes(0).reader().bytes());
    }

    @Test
    void a_null_pointer_with_a_length_is_a_bad_argument() {
        refused(Fault.ARGUMENTS_BAD, Bytes.of().nullBytes(4), WireReader::bytes);
    }

    @Test
    void a_pin_cannot_be_a_null_pointer() {
        refused(Fault.ARGUMENTS_BAD, Bytes.of().nullBytes(0), WireReader::pin);
        assertEquals(4, Bytes.of().bytes(new byte[4]).reader().pin().length());
    }

    @Test
    void the_byte_before_bytes_is_0_or_1() {
        refused(Fault.DEVICE_ERROR, Bytes.of().octet(2).u32(0), WireReader::bytes);
    }

    @Test
    void a_block_longer_than_the_message_is_refused_before_memory_is_taken_for_it() {
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(0x7ffffff0).octet(1), WireReader::block);
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(0xfffffffeL).octet(1), WireReader::block);
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(2).octet(1), WireReader::block);
    }

    @Test
    void items_that_cannot_be_there_are_refused() {
        assertEquals(2, Bytes.of().u32(2).ulong(0).ulong(0).reader().count(8));
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(3).ulong(0).ulong(0), in -> in.count(8));
    }

    @Test
    void every_part_needs_all_its_bytes() {
        refused(Fault.DEVICE_ERROR, Bytes.of(), WireReader::octet);
        refused(Fault.DEVICE_ERROR, Bytes.of().raw(new byte[3]), WireReader::u32);
        refused(Fault.DEVICE_ERROR, Bytes.of().raw(new byte[7]), WireReader::ulong);
        refused(Fault.DEVICE_ERROR, Bytes.of().raw(new byte[3]), WireReader::block);
    }

    @Test
    void a_text_loses_its_padding_and_nothing_else() {
        assertEquals(
                "  zwei Wörter", Bytes.of().text("  zwei Wörter    ").reader().text());
    }

    @Test
    void a_text_must_be_utf_8() {
        refused(Fault.ARGUMENTS_BAD, Bytes.of().block(new byte[] {(byte) 0xc3, ' '}), WireReader::text);
    }

    @Test
    void a_signature_must_be_the_expected_one() {
        Bytes.of().text("uay").reader().signature("uay");
        refused(Fault.DEVICE_ERROR, Bytes.of().text("uay"), in -> in.signature("uayfy"));
        refused(Fault.DEVICE_ERROR, Bytes.of().text("uayfy"), in -> in.signature("uay"));
        refused(Fault.DEVICE_ERROR, Bytes.of().text("uaz"), in -> in.signature("uay"));
    }

    @Test
    void what_is_left_over_is_refused() {
        refused(Fault.DEVICE_ERROR, Bytes.of().octet(0), WireReader::end);
    }

    @Test
    void a_request_longer_than_its_buffer_or_negative_is_refused() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8);
        assertThrows(HsmException.class, () -> new WireReader(buffer, 9));
        assertThrows(HsmException.class, () -> new WireReader(buffer, -1));
    }
}
