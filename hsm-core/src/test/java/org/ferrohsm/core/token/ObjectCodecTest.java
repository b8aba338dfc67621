// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectCodecTest {
    private static final UUID ID = new UUID(1, 2);

    @Provide
    Arbitrary<HsmObject> objects() {
        return ObjectArbitraries.objects();
    }

    @Property(tries = 300)
    void what_was_encoded_decodes_to_the_same(@ForAll("objects") HsmObject object) {
        HsmObject decoded = ObjectCodec.decode(
                object.id(), object.version(), ObjectCodec.encode(object.attributes(), object.secrets()));
        assertSame(object, decoded);
    }

    @Property(tries = 100)
    void one_object_has_one_encoding(@ForAll("objects") HsmObject object) {
        byte[] once = ObjectCodec.encode(object.attributes(), object.secrets());
        HsmObject decoded = ObjectCodec.decode(object.id(), object.version(), once);
        assertArrayEquals(once, ObjectCodec.encode(decoded.attributes(), decoded.secrets()));
    }

    @Property(tries = 300)
    void any_bytes_decode_to_what_they_encode_or_are_a_device_error(@ForAll byte[] bytes) {
        assertDecodesCanonicallyOrNotAtAll(bytes);
    }

    @Property(tries = 300)
    void a_changed_byte_decodes_canonically_or_is_a_device_error(
            @ForAll("objects") HsmObject object, @ForAll int position, @ForAll byte value) {
        byte[] bytes = ObjectCodec.encode(object.attributes(), object.secrets());
        bytes[Math.floorMod(position, bytes.length)] = value;
        assertDecodesCanonicallyOrNotAtAll(bytes);
    }

    @Test
    void the_encoding_is_the_one_of_format_1() {
        AttributeSet attributes = AttributeSet.builder()
                .put(
                        0x40000211,
                        AttributeValue.of(Template.builder()
                                .put(0x105, true)
                                .put(0x3, "k")
                                .build()))
                .put(0x0, 4)
                .put(0x2, true)
                .build();
        SecretAttributes secrets = SecretAttributes.of(0x11, SecretBytes.adopt(new byte[] {(byte) 0xab, (byte) 0xcd}));
        assertEquals(
                "01" + "03" + "00" + "10" + "0000000000000004" + "02" + "02" + "01" + "9184808004" + "05" + "8502"
                        + "02" + "01" + "03" + "02" + "6b" + "01" + "11" + "02" + "abcd",
                HexFormat.of().formatHex(ObjectCodec.encode(attributes, secrets)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', it ends early",
        "02, its format is not known",
        "010000ff, it goes on after its end",
        "01, it ends early",
        "0101, it ends early",
        "0100, it ends early",
        "018000, a number is badly written",
        "01ffffffffffffffffff7f, a number is badly written",
        "01ffffffffffffffffff8001, a number is too long",
        "01ffffffffffffffffff01, it ends early",
        "01000111ffffffffffffffffff01, it ends early",
        "01010304aa, it ends early",
        "01020302aa0202bb00, its attributes are not in order",
        "01020302aa0302bb00, its attributes are not in order",
        "010002030102030102, its attributes are not in order",
        "01010305030201030201, a template has an attribute twice",
        "0101030303030303030303030303030303030303, its templates are nested too deeply"
    })
    void malformed_bytes_are_a_device_error(String hex, String why) {
        assertFault(
                Fault.DEVICE_ERROR,
                () -> ObjectCodec.decode(ID, 1, HexFormat.of().parseHex(hex)),
                why);
    }

    private static void assertDecodesCanonicallyOrNotAtAll(byte[] bytes) {
        HsmObject decoded;
        try {
            decoded = ObjectCodec.decode(ID, 1, bytes);
        } catch (HsmException e) {
            assertEquals(Fault.DEVICE_ERROR, e.fault());
            return;
        }
        assertArrayEquals(bytes, ObjectCodec.encode(decoded.attributes(), decoded.secrets()));
    }

    static void assertSame(HsmObject expected, HsmObject found) {
        assertEquals(expected.id(), found.id());
        assertEquals(expected.version(), found.version());
        assertEquals(expected.attributes().asMap(), found.attributes().asMap());
        assertEquals(expected.secrets().types(), found.secrets().types());
        for (long type : expected.secrets().types()) {
            assertEquals(hex(expected, type), hex(found, type));
        }
    }

    private static String hex(HsmObject object, long type) {
        return object.secret(type).use(bytes -> HexFormat.of().formatHex(bytes));
    }
}
