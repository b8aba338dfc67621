// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Golden;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.api.Test;

class TemplateReaderTest {
    private static void refused(Fault fault, Bytes message) {
        assertEquals(
                fault,
                assertThrows(HsmException.class, () -> TemplateReader.read(message.reader()))
                        .fault());
    }

    private static Bytes one(long type) {
        return Bytes.of().u32(1).u32(type).octet(1);
    }

    @Test
    void the_golden_template_is_read_as_the_caller_meant_it() {
        WireReader in = Golden.named("C_CreateObject").parts();
        assertEquals(1, in.ulong());
        Template template = TemplateReader.read(in);
        in.end();
        Template expected = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, "")
                .put(Cka.CKA_ID, new byte[] {0, 1})
                .put(Cka.CKA_START_DATE, "20261130")
                .put(Cka.CKA_END_DATE, "")
                .put(Cka.CKA_PARAMETER_SET, Ckp.CKP_ML_DSA_65)
                .put(Cka.CKA_ALLOWED_MECHANISMS, AttributeValue.ofMechanisms(Ckm.CKM_AES_GCM, Ckm.CKM_AES_CBC))
                .put(
                        Cka.CKA_WRAP_TEMPLATE,
                        AttributeValue.of(Template.builder()
                                .put(Cka.CKA_SENSITIVE, true)
                                .put(Cka.CKA_LABEL, "x")
                                .build()))
                .build();
        assertEquals(expected, template);
        assertEquals(List.copyOf(expected.types()), List.copyOf(template.types()));
    }

    @Property
    void a_template_survives_the_way_to_the_reader(@ForAll("templates") Template template) {
        WireReader in = Bytes.of().template(template).reader();
        assertEquals(template, TemplateReader.read(in));
        in.end();
    }

    @Provide
    static Arbitrary<Template> templates() {
        Arbitrary<Map.Entry<Long, AttributeValue>> flags = Arbitraries.of(true, false)
                .map(AttributeValue::of)
                .flatMap(value -> Arbitraries.of(Cka.CKA_TOKEN, Cka.CKA_SIGN).map(type -> Map.entry(type, value)));
        Arbitrary<Map.Entry<Long, AttributeValue>> numbers = Arbitraries.longs()
                .map(AttributeValue::of)
                .flatMap(value ->
                        Arbitraries.of(Cka.CKA_CLASS, Cka.CKA_VALUE_LEN).map(type -> Map.entry(type, value)));
        Arbitrary<Map.Entry<Long, AttributeValue>> bytes = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(40)
                .map(AttributeValue::of)
                .flatMap(value -> Arbitraries.of(Cka.CKA_ID, Cka.CKA_VALUE, Cka.CKA_DESTROYABLE)
                        .map(type -> Map.entry(type, value)));
        Arbitrary<Map.Entry<Long, AttributeValue>> mechanisms = Arbitraries.longs()
                .array(long[].class)
                .ofMaxSize(5)
                .map(AttributeValue::ofMechanisms)
                .map(value -> Map.entry(Cka.CKA_ALLOWED_MECHANISMS, value));
        Arbitrary<Template> flat = Arbitraries.oneOf(flags, numbers, bytes, mechanisms)
                .list()
                .ofMaxSize(6)
                .map(TemplateReaderTest::template);
        return flat.flatMap(inner -> flat.map(outer -> template(outer, inner)));
    }

    private static Template template(List<Map.Entry<Long, AttributeValue>> entries) {
        Template.Builder builder = Template.builder();
        List<Long> seen = new ArrayList<>();
        for (Map.Entry<Long, AttributeValue> entry : entries) {
            if (!seen.contains(entry.getKey())) {
                seen.add(entry.getKey());
                builder.put(entry.getKey(), entry.getValue());
            }
        }
        return builder.build();
    }

    private static Template template(Template outer, Template inner) {
        Template.Builder builder = Template.builder().put(Cka.CKA_UNWRAP_TEMPLATE, AttributeValue.of(inner));
        for (long type : outer.types()) {
            AttributeValue value = outer.get(type);
            if (value != null) {
                builder.put(type, value);
            }
        }
        return builder.build();
    }

    @Test
    void an_attribute_without_a_value_is_a_bad_argument() {
        refused(Fault.ARGUMENTS_BAD, Bytes.of().u32(1).u32(Cka.CKA_ID).octet(0));
        refused(Fault.ARGUMENTS_BAD, one(Cka.CKA_ID).u32(4).nullBlock());
    }

    @Test
    void a_length_that_the_kind_cannot_have_is_an_invalid_value() {
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_TOKEN).u32(3).octet(1));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_TOKEN).u32(0).octet(0));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_CLASS).u32(4).ulong(1));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_CLASS).u32(0).ulong(0));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_START_DATE).u32(3).block(new byte[3]));
        refused(
                Fault.ATTRIBUTE_VALUE_INVALID,
                one(Cka.CKA_ALLOWED_MECHANISMS).u32(4).u32(1).ulong(1));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_WRAP_TEMPLATE).u32(8).u32(0));
        refused(Fault.ATTRIBUTE_VALUE_INVALID, one(Cka.CKA_ID).u32(3).block(new byte[2]));
    }

    @Test
    void an_attribute_may_stand_twice_with_one_value_but_not_with_two() {
        Bytes same = Bytes.of().u32(2);
        Bytes different = Bytes.of().u32(2);
        for (int i = 0; i < 2; i++) {
            same.u32(Cka.CKA_TOKEN).octet(1).u32(1).octet(1);
            different.u32(Cka.CKA_TOKEN).octet(1).u32(1).octet(i);
        }
        assertEquals(1, TemplateReader.read(same.reader()).size());
        refused(Fault.TEMPLATE_INCONSISTENT, different);
    }

    @Test
    void templates_nest_eight_deep_and_no_deeper() {
        Template template = Template.EMPTY;
        for (int depth = 1; depth <= 8; depth++) {
            template = Template.builder()
                    .put(Cka.CKA_WRAP_TEMPLATE, AttributeValue.of(template))
                    .build();
        }
        assertEquals(template, TemplateReader.read(Bytes.of().template(template).reader()));
        Template deeper = Template.builder()
                .put(Cka.CKA_WRAP_TEMPLATE, AttributeValue.of(template))
                .build();
        refused(Fault.ATTRIBUTE_VALUE_INVALID, Bytes.of().template(deeper));
    }

    @Test
    void more_attributes_than_65535_are_a_bad_argument_and_more_than_there_are_bytes_a_malformed_message() {
        refused(Fault.ARGUMENTS_BAD, Bytes.of().u32(65536).raw(new byte[65536 * 5]));
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(65536).raw(new byte[65536]));
        refused(Fault.DEVICE_ERROR, Bytes.of().u32(0xffffffffL));
    }

    @Test
    void a_ulong_that_p11_kit_takes_for_bytes_of_another_length_reaches_the_core_as_bytes() {
        Template template = TemplateReader.read(
                one(Cka.CKA_PARAMETER_SET).u32(3).block(new byte[] {1, 2, 3}).reader());
        assertEquals(AttributeValue.of(new byte[] {1, 2, 3}), template.get(Cka.CKA_PARAMETER_SET));
    }
}
