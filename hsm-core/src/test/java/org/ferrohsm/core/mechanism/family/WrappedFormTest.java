// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys through their wrapped form: serialise, wrap, unwrap, parse. */
class WrappedFormTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final HexFormat HEX = HexFormat.of();
    private static final List<HsmObject> KEYS = List.of(
            pair(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, Ckk.CKK_RSA, Template.builder().put(Cka.CKA_MODULUS_BITS, 2048)),
            ec("06082a8648ce3d030107"),
            ec("06052b81040022"),
            ec("06052b81040023"),
            pair(
                    Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
                    Ckk.CKK_EC_EDWARDS,
                    Template.builder().put(Cka.CKA_EC_PARAMS, HEX.parseHex("06032b6570"))));

    private static HsmObject ec(String oid) {
        return pair(Ckm.CKM_EC_KEY_PAIR_GEN, Ckk.CKK_EC, Template.builder().put(Cka.CKA_EC_PARAMS, HEX.parseHex(oid)));
    }

    private static HsmObject pair(long mechanism, long keyType, Template.Builder template) {
        NewKey made = Objects.requireNonNull(TABLE.require(mechanism).keyPairMaker())
                .make(template.build(), Template.EMPTY, NoParameters.INSTANCE)
                .privateKey();
        return TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made);
    }

    static Stream<HsmObject> keys() {
        return KEYS.stream();
    }

    private static void assertSame(HsmObject expected, NewKey actual) {
        assertEquals(expected.secrets().types(), actual.secrets().types());
        for (long type : expected.secrets().types()) {
            assertTrue(expected.secret(type)
                    .matches(Objects.requireNonNull(actual.secrets().get(type))));
        }
        actual.attributes()
                .asMap()
                .forEach((type, value) -> assertEquals(expected.attributes().get(type), value));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("keys")
    void a_private_key_comes_back_whole_through_key_wrap_though_that_fills_it_up(HsmObject key) {
        HsmObject kek = TestKeys.secret(Ckk.CKK_AES, new byte[32]);
        KeyCodec codec = TABLE.codec(key.keyType());
        for (long wrapping : List.of(Ckm.CKM_AES_KEY_WRAP, Ckm.CKM_AES_KEY_WRAP_KWP)) {
            var wrapper = Objects.requireNonNull(TABLE.require(wrapping).wrapper());
            try (SecretBytes serialised = codec.serialise(key);
                    SecretBytes unwrapped = wrapper.unwrap(
                            kek, wrapper.wrap(kek, serialised, NoParameters.INSTANCE), NoParameters.INSTANCE)) {
                assertSame(key, codec.parse(Cko.CKO_PRIVATE_KEY, unwrapped));
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("keys")
    void a_private_key_is_not_unwrapped_as_one_of_another_type(HsmObject key) {
        try (SecretBytes serialised = TABLE.codec(key.keyType()).serialise(key)) {
            for (long other : List.of(Ckk.CKK_RSA, Ckk.CKK_EC, Ckk.CKK_EC_EDWARDS)) {
                if (other != key.keyType()) {
                    assertInvalid(other, serialised);
                }
            }
        }
    }

    private static void assertInvalid(long keyType, SecretBytes serialised) {
        HsmException e =
                assertThrows(HsmException.class, () -> TABLE.codec(keyType).parse(Cko.CKO_PRIVATE_KEY, serialised));
        assertEquals(Fault.WRAPPED_KEY_INVALID, e.fault());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("keys")
    void filling_other_than_zeros_is_refused(HsmObject key) {
        byte[] whole = TABLE.codec(key.keyType()).serialise(key).use(byte[]::clone);
        byte[] filled = Arrays.copyOf(whole, whole.length + 3);
        assertSame(key, TABLE.codec(key.keyType()).parse(Cko.CKO_PRIVATE_KEY, SecretBytes.copyOf(filled)));
        filled[filled.length - 1] = 1;
        assertInvalid(key.keyType(), SecretBytes.copyOf(filled));
    }

    @Property(tries = 3000)
    void a_damaged_form_is_refused_or_read_and_never_anything_else(
            @ForAll("damages") Damage damage, @ForAll("indexes") int index) {
        HsmObject key = KEYS.get(index);
        byte[] form = damage.apply(TABLE.codec(key.keyType()).serialise(key).use(byte[]::clone));
        try (SecretBytes damaged = SecretBytes.adopt(form)) {
            TABLE.codec(key.keyType())
                    .parse(Cko.CKO_PRIVATE_KEY, damaged)
                    .secrets()
                    .close();
        } catch (HsmException e) {
            assertEquals(Fault.WRAPPED_KEY_INVALID, e.fault());
        }
    }

    /** A byte changed, or the end cut off. */
    record Damage(double where, int change, boolean cut) {
        byte[] apply(byte[] form) {
            int at = (int) (where * form.length);
            if (cut) {
                return Arrays.copyOf(form, at);
            }
            form[at] ^= (byte) change;
            return form;
        }
    }

    @Provide
    Arbitrary<Damage> damages() {
        return Arbitraries.doubles()
                .between(0, 0.99)
                .flatMap(where -> Arbitraries.integers()
                        .between(1, 255)
                        .flatMap(change -> Arbitraries.of(true, false).map(cut -> new Damage(where, change, cut))));
    }

    @Provide
    Arbitrary<Integer> indexes() {
        return Arbitraries.integers().between(0, 4);
    }

    @Test
    void a_secret_key_is_wrapped_as_its_value_and_checked_when_it_comes_back() {
        byte[] value = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
        KeyCodec codec = TABLE.codec(Ckk.CKK_AES);
        try (SecretBytes serialised = codec.serialise(TestKeys.secret(Ckk.CKK_AES, value))) {
            assertArrayEquals(value, serialised.use(byte[]::clone));
            NewKey parsed = codec.parse(Cko.CKO_SECRET_KEY, serialised);
            assertEquals(16, parsed.attributes().number(Cka.CKA_VALUE_LEN, -1));
        }
        HsmException e = assertThrows(
                HsmException.class, () -> codec.parse(Cko.CKO_SECRET_KEY, SecretBytes.adopt(new byte[17])));
        assertEquals(Fault.WRAPPED_KEY_INVALID, e.fault());
    }
}
