// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.HexFormat;
import java.util.Map;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;

/** What the fields of a vector mean. */
record VectorFields(Map<String, String> fields) {
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
        return VectorNumbers.of(text(field));
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
                attributes.put(VectorNumbers.of(name), attribute(name, value));
            }
        });
        return attributes.build();
    }

    private static AttributeValue attribute(String name, String value) {
        return VectorNumbers.isAttribute(name)
                ? AttributeValue.of(VectorNumbers.of(value))
                : AttributeValue.of(HexFormat.of().parseHex(value));
    }

    /** The mechanism parameters, whose kind follows from the fields that are there. */
    MechanismParameters parameters() {
        return VectorParameters.of(this);
    }

    byte[] bytesOrNone(String field) {
        return has(field) ? bytes(field) : new byte[0];
    }

    /** Whether an attribute is secret in a key of this class. */
    static boolean isSecret(long objectClass, long type) {
        return (type == Cka.CKA_VALUE && objectClass != Cko.CKO_PUBLIC_KEY)
                || type == Cka.CKA_SEED
                || type == Cka.CKA_PRIVATE_EXPONENT
                || type == Cka.CKA_PRIME_1
                || type == Cka.CKA_PRIME_2
                || type == Cka.CKA_EXPONENT_1
                || type == Cka.CKA_EXPONENT_2
                || type == Cka.CKA_COEFFICIENT;
    }
}
