// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;

/** What the fields of a vector mean. */
record VectorFields(Map<String, String> fields) {
    private static final Set<String> NUMBERS = Set.of("CKA_VALUE_LEN", "CKA_MODULUS_BITS");

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new AssertionError("the vector has no " + field);
        }
        return value;
    }

    byte[] bytes(String field) {
        return HexFormat.of().parseHex(text(field));
    }

    long number(String field) {
        String value = text(field);
        return value.startsWith("CK") ? constant(value) : Long.parseLong(value);
    }

    /** The value of a constant by its name. */
    static long constant(String name) {
        String type = "Ck" + Character.toLowerCase(name.charAt(2));
        try {
            return Class.forName("org.ferrohsm.core.ck." + type).getField(name).getLong(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no constant " + name, e);
        }
    }

    /** The attributes, which are the fields that begin with CKA_. */
    Template template() {
        Template.Builder template = Template.builder();
        attributes().asMap().forEach(template::put);
        return template.build();
    }

    AttributeSet attributes() {
        AttributeSet.Builder attributes = AttributeSet.builder();
        fields.forEach((name, value) -> {
            if (name.startsWith("CKA_")) {
                attributes.put(constant(name), attribute(name, value));
            }
        });
        return attributes.build();
    }

    private static AttributeValue attribute(String name, String value) {
        return NUMBERS.contains(name)
                ? AttributeValue.of(Long.parseLong(value))
                : AttributeValue.of(HexFormat.of().parseHex(value));
    }

    /** The mechanism parameters, whose kind follows from the fields that are there. */
    MechanismParameters parameters() {
        if (has("tag-bits")) {
            return new GcmParameters(bytes("iv"), has("aad") ? bytes("aad") : new byte[0], number("tag-bits"));
        }
        if (has("counter-bits")) {
            return new CtrParameters(number("counter-bits"), bytes("counter-block"));
        }
        if (has("salt-length")) {
            return new PssParameters(number("hash"), number("mgf"), number("salt-length"));
        }
        if (has("source")) {
            return new OaepParameters(number("hash"), number("mgf"), number("source"), bytes("label"));
        }
        if (has("kdf")) {
            return new EcdhParameters(number("kdf"), bytes("shared"), bytes("point"));
        }
        if (has("mac-length")) {
            return new MacLengthParameters(number("mac-length"));
        }
        if (has("prehash")) {
            return new EddsaParameters(Boolean.parseBoolean(text("prehash")), bytes("context"));
        }
        return has("raw") ? new RawParameters(bytes("raw")) : NoParameters.INSTANCE;
    }

    /** Whether an attribute is secret in a key of this class. */
    static boolean isSecret(long type) {
        return type == Cka.CKA_VALUE
                || type == Cka.CKA_PRIVATE_EXPONENT
                || type == Cka.CKA_PRIME_1
                || type == Cka.CKA_PRIME_2
                || type == Cka.CKA_EXPONENT_1
                || type == Cka.CKA_EXPONENT_2
                || type == Cka.CKA_COEFFICIENT;
    }
}
