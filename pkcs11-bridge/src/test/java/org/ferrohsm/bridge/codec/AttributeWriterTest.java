// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Golden;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.service.AttributeReading;
import org.ferrohsm.core.service.AttributeReading.State;
import org.junit.jupiter.api.Test;

class AttributeWriterTest {
    private static final int HEADER = 8 + "aAu".length();

    private static byte[] written(List<Wanted> wanted, AttributeReading... found) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
        WireWriter out = new WireWriter(buffer, Call.C_GetAttributeValue);
        AttributeWriter.write(wanted, List.of(found), out);
        byte[] bytes = new byte[out.success() - HEADER];
        buffer.get(HEADER, bytes);
        return bytes;
    }

    private static Wanted wanted(long type, long room) {
        return new Wanted(type, room, List.of());
    }

    private static AttributeReading present(long type, AttributeValue value) {
        return new AttributeReading(type, State.PRESENT, value);
    }

    private static Bytes one(long type) {
        return Bytes.of().u32(1).u32(type);
    }

    @Test
    void the_golden_request_asks_for_a_value_a_length_and_a_nested_template() {
        WireReader in = Golden.named("C_GetAttributeValue").parts();
        assertEquals(1, in.ulong());
        assertEquals(2, in.ulong());
        List<Wanted> wanted = Wanted.read(in);
        in.end();
        assertEquals(
                List.of(
                        wanted(Cka.CKA_VALUE, 64),
                        wanted(Cka.CKA_CLASS, 0),
                        new Wanted(
                                Cka.CKA_UNWRAP_TEMPLATE,
                                48,
                                List.of(wanted(Cka.CKA_SENSITIVE, 1), wanted(Cka.CKA_LABEL, 1)))),
                wanted);
    }

    @Test
    void a_nested_template_of_more_attributes_than_there_is_room_or_are_bytes_for_is_malformed() {
        Bytes room = Bytes.of().u32(1).u32(Cka.CKA_WRAP_TEMPLATE).u32(24).u32(2).raw(new byte[16]);
        Bytes bytes =
                Bytes.of().u32(1).u32(Cka.CKA_WRAP_TEMPLATE).u32(0xfffffff0L).u32(0x0aaaaaaa);
        for (Bytes message : List.of(room, bytes)) {
            assertEquals(
                    Fault.DEVICE_ERROR,
                    assertThrows(HsmException.class, () -> Wanted.read(message.reader()))
                            .fault());
        }
    }

    @Test
    void wishes_nested_without_end_are_refused() {
        Bytes deep = Bytes.of().u32(1);
        for (int depth = 0; depth < 100; depth++) {
            deep.u32(Cka.CKA_WRAP_TEMPLATE).u32(24).u32(1);
        }
        assertEquals(
                Fault.ATTRIBUTE_VALUE_INVALID,
                assertThrows(HsmException.class, () -> Wanted.read(deep.reader()))
                        .fault());
    }

    @Test
    void a_value_is_written_as_its_kind_says() {
        assertArrayEquals(
                one(Cka.CKA_TOKEN).octet(1).u32(1).octet(1).ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_TOKEN, 1)), present(Cka.CKA_TOKEN, AttributeValue.of(true))));
        assertArrayEquals(
                one(Cka.CKA_CLASS).octet(1).u32(8).ulong(3).ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_CLASS, 8)), present(Cka.CKA_CLASS, AttributeValue.of(3L))));
        assertArrayEquals(
                one(Cka.CKA_LABEL).octet(1).u32(2).text("ab").ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_LABEL, 9)), present(Cka.CKA_LABEL, AttributeValue.of("ab"))));
        assertArrayEquals(
                one(Cka.CKA_ALLOWED_MECHANISMS)
                        .octet(1)
                        .u32(16)
                        .u32(2)
                        .ulong(1)
                        .ulong(2)
                        .ulong(Ckr.CKR_OK)
                        .array(),
                written(
                        List.of(wanted(Cka.CKA_ALLOWED_MECHANISMS, 16)),
                        present(Cka.CKA_ALLOWED_MECHANISMS, AttributeValue.ofMechanisms(1, 2))));
        assertArrayEquals(
                one(Cka.CKA_PARAMETER_SET)
                        .octet(1)
                        .u32(8)
                        .block(new byte[] {2, 0, 0, 0, 0, 0, 0, 0})
                        .ulong(Ckr.CKR_OK)
                        .array(),
                written(
                        List.of(wanted(Cka.CKA_PARAMETER_SET, 8)),
                        present(Cka.CKA_PARAMETER_SET, AttributeValue.of(2L))));
    }

    @Test
    void where_only_the_length_is_wanted_the_value_is_empty() {
        assertArrayEquals(
                one(Cka.CKA_LABEL).octet(1).u32(2).nullBlock().ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_LABEL, 0)), present(Cka.CKA_LABEL, AttributeValue.of("ab"))));
        assertArrayEquals(
                one(Cka.CKA_TOKEN).octet(1).u32(1).octet(0).ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_TOKEN, 0)), present(Cka.CKA_TOKEN, AttributeValue.of(true))));
        assertArrayEquals(
                one(Cka.CKA_CLASS).octet(1).u32(8).ulong(0).ulong(Ckr.CKR_OK).array(),
                written(List.of(wanted(Cka.CKA_CLASS, 0)), present(Cka.CKA_CLASS, AttributeValue.of(3L))));
        assertArrayEquals(
                one(Cka.CKA_WRAP_TEMPLATE)
                        .octet(1)
                        .u32(24)
                        .u32(0)
                        .ulong(Ckr.CKR_OK)
                        .array(),
                written(
                        List.of(wanted(Cka.CKA_WRAP_TEMPLATE, 0)),
                        present(
                                Cka.CKA_WRAP_TEMPLATE,
                                AttributeValue.of(Template.builder()
                                        .put(Cka.CKA_SIGN, true)
                                        .build()))));
    }

    @Test
    void an_empty_value_needs_no_room() {
        assertArrayEquals(
                one(Cka.CKA_END_DATE)
                        .octet(1)
                        .u32(0)
                        .nullBlock()
                        .ulong(Ckr.CKR_OK)
                        .array(),
                written(List.of(wanted(Cka.CKA_END_DATE, 8)), present(Cka.CKA_END_DATE, AttributeValue.empty())));
        assertArrayEquals(
                one(Cka.CKA_WRAP_TEMPLATE)
                        .octet(1)
                        .u32(0)
                        .u32(0)
                        .ulong(Ckr.CKR_OK)
                        .array(),
                written(
                        List.of(wanted(Cka.CKA_WRAP_TEMPLATE, 24)),
                        present(Cka.CKA_WRAP_TEMPLATE, AttributeValue.empty())));
    }

    @Test
    void too_little_room_a_secret_and_an_absence_each_have_their_code() {
        assertArrayEquals(
                one(Cka.CKA_LABEL).octet(0).ulong(Ckr.CKR_BUFFER_TOO_SMALL).array(),
                written(List.of(wanted(Cka.CKA_LABEL, 1)), present(Cka.CKA_LABEL, AttributeValue.of("ab"))));
        assertArrayEquals(
                one(Cka.CKA_VALUE).octet(0).ulong(Ckr.CKR_ATTRIBUTE_SENSITIVE).array(),
                written(List.of(wanted(Cka.CKA_VALUE, 9)), new AttributeReading(Cka.CKA_VALUE, State.SENSITIVE, null)));
        assertArrayEquals(
                one(Cka.CKA_VALUE)
                        .octet(0)
                        .ulong(Ckr.CKR_ATTRIBUTE_TYPE_INVALID)
                        .array(),
                written(List.of(wanted(Cka.CKA_VALUE, 9)), new AttributeReading(Cka.CKA_VALUE, State.ABSENT, null)));
    }

    @Test
    void a_secret_counts_more_than_too_little_room_and_the_others_are_still_given() {
        Bytes expected = Bytes.of().u32(3);
        expected.u32(Cka.CKA_LABEL).octet(0);
        expected.u32(Cka.CKA_VALUE).octet(0);
        expected.u32(Cka.CKA_TOKEN).octet(1).u32(1).octet(0);
        expected.ulong(Ckr.CKR_ATTRIBUTE_SENSITIVE);
        assertArrayEquals(
                expected.array(),
                written(
                        List.of(wanted(Cka.CKA_LABEL, 1), wanted(Cka.CKA_VALUE, 9), wanted(Cka.CKA_TOKEN, 1)),
                        present(Cka.CKA_LABEL, AttributeValue.of("ab")),
                        new AttributeReading(Cka.CKA_VALUE, State.SENSITIVE, null),
                        present(Cka.CKA_TOKEN, AttributeValue.of(false))));
    }

    @Test
    void a_nested_template_fills_the_room_of_each_of_its_attributes() {
        Template nested = Template.builder()
                .put(Cka.CKA_LABEL, "ab")
                .put(Cka.CKA_SIGN, true)
                .build();
        Wanted wanted =
                new Wanted(Cka.CKA_UNWRAP_TEMPLATE, 48, List.of(wanted(Cka.CKA_LABEL, 1), wanted(Cka.CKA_SIGN, 1)));
        Bytes expected = one(Cka.CKA_UNWRAP_TEMPLATE).octet(1).u32(48).u32(2);
        expected.u32(Cka.CKA_LABEL).octet(0);
        expected.u32(Cka.CKA_SIGN).octet(1).u32(1).octet(1);
        expected.ulong(Ckr.CKR_BUFFER_TOO_SMALL);
        assertArrayEquals(
                expected.array(),
                written(List.of(wanted), present(Cka.CKA_UNWRAP_TEMPLATE, AttributeValue.of(nested))));
    }
}
