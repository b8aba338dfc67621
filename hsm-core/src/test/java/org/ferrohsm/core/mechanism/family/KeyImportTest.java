// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors of keys that callers bring in: {@code vectors/keys/CKK_NAME.txt}. */
class KeyImportTest {
    private static final MechanismTable TABLE = Families.table(new Engines());

    @TestFactory
    Stream<DynamicNode> every_key_is_taken_or_refused_as_its_vector_says() {
        return Stream.of(
                        "CKK_EC",
                        "CKK_EC_EDWARDS",
                        "CKK_EC_MONTGOMERY",
                        "CKK_DH",
                        "CKK_X9_42_DH",
                        "CKK_DSA",
                        "CKK_ML_DSA",
                        "CKK_ML_KEM",
                        "CKK_SLH_DSA",
                        "CKK_HSS",
                        "CKK_XMSS",
                        "CKK_XMSSMT",
                        "CKK_AES",
                        "CKK_GENERIC_SECRET",
                        "CKK_SHA256_HMAC")
                .map(keyType -> dynamicContainer(
                        keyType,
                        VectorFile.read("keys/" + keyType + ".txt").cases().stream()
                                .map(one -> dynamicTest(
                                        "import at line " + one.line(), () -> check(VectorNumbers.of(keyType), one)))));
    }

    private static void check(long keyType, VectorFile.Case one) {
        VectorFields fields = new VectorFields(one.fields());
        if (one.isNegative()) {
            HsmException e = assertThrows(HsmException.class, () -> bringIn(keyType, fields));
            assertEquals(Fault.valueOf(fields.text("fault")), e.fault(), e.getMessage());
            return;
        }
        HsmObject key = bringIn(keyType, fields);
        KeyCodec codec = TABLE.codec(keyType);
        if (fields.has("info")) {
            assertArrayEquals(fields.bytes("info"), codec.publicKeyInfo(key.attributes()));
            assertArrayEquals(fields.bytes("info"), key.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO));
        }
        if (fields.has("check")) {
            assertArrayEquals(fields.bytes("check"), codec.checkValue(key));
            assertEquals(fields.bytes("CKA_VALUE").length, key.attributes().number(Cka.CKA_VALUE_LEN, -1));
        }
    }

    private static HsmObject bringIn(long keyType, VectorFields fields) {
        return VectorRunner.bringIn(TABLE, fields.number("class"), keyType, fields.attributes());
    }

    @Test
    void only_secret_keys_have_a_check_value() {
        HsmObject key = TestKeys.secret(Ckk.CKK_AES, new byte[16]);
        assertEquals(3, TABLE.codec(Ckk.CKK_AES).checkValue(key).length);
        for (long keyType : new long[] {Ckk.CKK_RSA, Ckk.CKK_EC, Ckk.CKK_EC_EDWARDS}) {
            assertEquals(0, TABLE.codec(keyType).checkValue(key).length);
        }
    }

    @Test
    void a_key_type_without_a_codec_is_attribute_value_invalid() {
        HsmException e = assertThrows(HsmException.class, () -> TABLE.codec(Ckk.CKK_RC2));
        assertEquals(Fault.ATTRIBUTE_VALUE_INVALID, e.fault());
        assertArrayEquals(new byte[0], TABLE.codec(Ckk.CKK_AES).publicKeyInfo(AttributeSet.EMPTY));
    }
}
