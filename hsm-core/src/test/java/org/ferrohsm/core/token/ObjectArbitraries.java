// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Objects with any attributes of any kind. */
final class ObjectArbitraries {
    private ObjectArbitraries() {}

    static Arbitrary<HsmObject> objects() {
        Arbitrary<Map<Long, AttributeValue>> attributes =
                Arbitraries.maps(types(), values(2)).ofMaxSize(20);
        Arbitrary<Map<Long, byte[]>> secrets =
                Arbitraries.maps(types(), bytes(3000)).ofMaxSize(6);
        Arbitrary<UUID> ids = Arbitraries.create(UUID::randomUUID);
        return Combinators.combine(
                        ids, Arbitraries.longs().greaterOrEqual(1), Arbitraries.of(true, false), attributes, secrets)
                .as((id, version, isPrivate, values, secretValues) -> {
                    AttributeSet.Builder set = AttributeSet.builder();
                    values.forEach(set::put);
                    set.put(Cka.CKA_PRIVATE, isPrivate);
                    Map<Long, SecretBytes> copies = new TreeMap<>();
                    secretValues.forEach((type, value) -> copies.put(type, SecretBytes.copyOf(value)));
                    return new HsmObject(id, version, set.build(), SecretAttributes.of(copies));
                });
    }

    private static Arbitrary<AttributeValue> values(int depth) {
        Arbitrary<AttributeValue> flat = Arbitraries.oneOf(
                Arbitraries.of(true, false).map(AttributeValue::of),
                Arbitraries.longs().map(AttributeValue::of),
                Arbitraries.strings().ofMaxLength(40).map(AttributeValue::of),
                Arbitraries.longs().array(long[].class).ofMaxSize(5).map(AttributeValue::ofMechanisms),
                bytes(2000).map(AttributeValue::of));
        if (depth == 0) {
            return flat;
        }
        Arbitrary<AttributeValue> nested = Arbitraries.maps(types(), Arbitraries.lazy(() -> values(depth - 1)))
                .ofMaxSize(5)
                .map(map -> {
                    Template.Builder template = Template.builder();
                    map.forEach(template::put);
                    return AttributeValue.of(template.build());
                });
        return Arbitraries.frequencyOf(Tuple.of(5, flat), Tuple.of(1, nested));
    }

    private static Arbitrary<Long> types() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        Cka.CKA_CLASS,
                        Cka.CKA_LABEL,
                        Cka.CKA_ID,
                        Cka.CKA_SUBJECT,
                        Cka.CKA_KEY_TYPE,
                        Cka.CKA_VALUE,
                        Cka.CKA_WRAP_TEMPLATE),
                Arbitraries.longs().between(0, 0x700),
                Arbitraries.longs());
    }

    private static Arbitrary<byte[]> bytes(int longest) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(longest);
    }
}
