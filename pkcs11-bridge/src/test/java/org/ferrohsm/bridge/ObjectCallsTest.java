// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects through messages. */
class ObjectCallsTest {
    private Host host;
    private long session;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder).initialize();
        session = host.newTokenLogin("objects");
    }

    @AfterEach
    void unload() {
        host.close();
    }

    private long create(Template template) {
        return host.call(Call.C_CreateObject, Bytes.of().ulong(session).template(template))
                .ok()
                .ulong();
    }

    private static Template data(String label, byte[] value) {
        return Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_DATA)
                .put(Cka.CKA_LABEL, label)
                .put(Cka.CKA_VALUE, value)
                .build();
    }

    private Reply read(long object, Bytes wanted) {
        return host.call(
                        Call.C_GetAttributeValue,
                        Bytes.of().ulong(session).ulong(object).raw(wanted.array()))
                .ok();
    }

    private long[] find(Template template, int most) {
        host.call(Call.C_FindObjectsInit, Bytes.of().ulong(session).template(template))
                .ok();
        long[] found = host.call(Call.C_FindObjects, Bytes.of().ulong(session).u32(most))
                .ok()
                .ulongs();
        host.call(Call.C_FindObjectsFinal, Bytes.of().ulong(session)).ok();
        return found;
    }

    @Test
    void what_was_created_is_read_back() {
        long object = create(data("d", new byte[] {1, 2, 3}));
        Bytes wanted =
                Bytes.of().u32(2).u32(Cka.CKA_VALUE).u32(8).u32(Cka.CKA_CLASS).u32(0);
        Bytes expected = Bytes.of().u32(2);
        expected.u32(Cka.CKA_VALUE).octet(1).u32(3).block(new byte[] {1, 2, 3});
        expected.u32(Cka.CKA_CLASS).octet(1).u32(8).ulong(0);
        expected.ulong(Ckr.CKR_OK);
        assertArrayEquals(expected.array(), read(object, wanted).rest());
    }

    @Test
    void a_value_longer_than_anybody_foresaw_is_fetched() {
        byte[] value = new byte[100_000];
        Arrays.fill(value, (byte) 7);
        long object = create(data("long", value));
        Bytes expected =
                Bytes.of().u32(1).u32(Cka.CKA_VALUE).octet(1).u32(value.length).block(value);
        Bytes wanted = Bytes.of().u32(1).u32(Cka.CKA_VALUE).u32(value.length);
        assertArrayEquals(
                expected.ulong(Ckr.CKR_OK).array(), read(object, wanted).rest());
    }

    @Test
    void each_case_of_reading_has_its_code() {
        long[] pair = host.ecPair(session);
        Bytes wanted = Bytes.of().u32(3);
        wanted.u32(Cka.CKA_VALUE).u32(64);
        wanted.u32(Cka.CKA_LABEL).u32(1);
        wanted.u32(Cka.CKA_KEY_TYPE).u32(8);
        Bytes expected = Bytes.of().u32(3);
        expected.u32(Cka.CKA_VALUE).octet(0);
        expected.u32(Cka.CKA_LABEL).octet(0);
        expected.u32(Cka.CKA_KEY_TYPE).octet(1).u32(8).ulong(3);
        expected.ulong(Ckr.CKR_ATTRIBUTE_SENSITIVE);
        assertArrayEquals(expected.array(), read(pair[1], wanted).rest());
        Bytes absent = Bytes.of().u32(1).u32(Cka.CKA_MODULUS).u32(0);
        assertArrayEquals(
                Bytes.of()
                        .u32(1)
                        .u32(Cka.CKA_MODULUS)
                        .octet(0)
                        .ulong(Ckr.CKR_ATTRIBUTE_TYPE_INVALID)
                        .array(),
                read(pair[1], absent).rest());
    }

    @Test
    void a_list_of_mechanisms_and_a_nested_template_come_back_as_they_were() {
        Template inner = Template.builder().put(Cka.CKA_EXTRACTABLE, false).build();
        Template template = Template.builder()
                .put(Cka.CKA_VALUE_LEN, 16)
                .put(Cka.CKA_UNWRAP, true)
                .put(Cka.CKA_DECRYPT, false)
                .put(Cka.CKA_ENCRYPT, false)
                .put(Cka.CKA_ALLOWED_MECHANISMS, AttributeValue.ofMechanisms(Ckm.CKM_AES_KEY_WRAP))
                .put(Cka.CKA_UNWRAP_TEMPLATE, AttributeValue.of(inner))
                .build();
        long key = host.call(
                        Call.C_GenerateKey,
                        Bytes.of().ulong(session).u32(Ckm.CKM_AES_KEY_GEN).template(template))
                .ok()
                .ulong();
        Bytes wanted = Bytes.of().u32(2);
        wanted.u32(Cka.CKA_ALLOWED_MECHANISMS).u32(8);
        wanted.u32(Cka.CKA_UNWRAP_TEMPLATE).u32(24).u32(1).u32(0).u32(1);
        Bytes expected = Bytes.of().u32(2);
        expected.u32(Cka.CKA_ALLOWED_MECHANISMS).octet(1).u32(8).u32(1).ulong(Ckm.CKM_AES_KEY_WRAP);
        expected.u32(Cka.CKA_UNWRAP_TEMPLATE).octet(1).u32(24).u32(1);
        expected.u32(Cka.CKA_EXTRACTABLE).octet(1).u32(1).octet(0);
        expected.ulong(Ckr.CKR_OK);
        assertArrayEquals(expected.array(), read(key, wanted).rest());
    }

    @Test
    void objects_are_found_in_portions() {
        for (int i = 0; i < 3; i++) {
            create(data("same", new byte[] {(byte) i}));
        }
        create(data("other", new byte[0]));
        Template same = Template.builder().put(Cka.CKA_LABEL, "same").build();
        host.call(Call.C_FindObjectsInit, Bytes.of().ulong(session).template(same))
                .ok();
        Bytes two = Bytes.of().ulong(session).u32(2);
        assertEquals(2, host.call(Call.C_FindObjects, two).ok().ulongs().length);
        assertEquals(1, host.call(Call.C_FindObjects, two).ok().ulongs().length);
        assertEquals(0, host.call(Call.C_FindObjects, two).ok().ulongs().length);
        assertEquals(
                "CKR_OPERATION_ACTIVE",
                host.call(Call.C_FindObjectsInit, Bytes.of().ulong(session).template(same))
                        .returnValue());
        host.call(Call.C_FindObjectsFinal, Bytes.of().ulong(session)).ok();
        assertEquals(
                "CKR_OPERATION_NOT_INITIALIZED",
                host.call(Call.C_FindObjects, two).returnValue());
    }

    @Test
    void a_search_may_ask_for_more_than_there_can_be() {
        create(data("x", new byte[0]));
        assertEquals(1, find(Template.builder().put(Cka.CKA_LABEL, "x").build(), 0x7fffffff).length);
    }

    @Test
    void a_copy_is_changed_and_the_original_destroyed() {
        long original = create(data("first", new byte[] {1}));
        Template change = Template.builder().put(Cka.CKA_LABEL, "second").build();
        long copy = host.call(
                        Call.C_CopyObject,
                        Bytes.of().ulong(session).ulong(original).template(change))
                .ok()
                .ulong();
        Template third = Template.builder().put(Cka.CKA_LABEL, "third").build();
        host.call(
                        Call.C_SetAttributeValue,
                        Bytes.of().ulong(session).ulong(copy).template(third))
                .ok();
        host.call(Call.C_DestroyObject, Bytes.of().ulong(session).ulong(original))
                .ok();
        assertArrayEquals(new long[0], find(data("first", new byte[] {1}), 5));
        assertArrayEquals(new long[] {copy}, find(third, 5));
        assertTrue(host.call(Call.C_GetObjectSize, Bytes.of().ulong(session).ulong(copy))
                        .ok()
                        .ulong()
                > 0);
        assertEquals(
                "CKR_OBJECT_HANDLE_INVALID",
                host.call(Call.C_DestroyObject, Bytes.of().ulong(session).ulong(original))
                        .returnValue());
    }
}
