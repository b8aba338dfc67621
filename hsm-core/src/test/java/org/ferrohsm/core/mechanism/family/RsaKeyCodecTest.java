// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyCodecTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final Map<Long, byte[]> KEY = generate();

    private static Map<Long, byte[]> generate() {
        NewKey made = Objects.requireNonNull(
                        TABLE.require(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN).keyPairMaker())
                .make(Template.builder().put(Cka.CKA_MODULUS_BITS, 2048).build(), Template.EMPTY, NoParameters.INSTANCE)
                .privateKey();
        Map<Long, byte[]> parts = new LinkedHashMap<>();
        parts.put(Cka.CKA_MODULUS, made.attributes().bytes(Cka.CKA_MODULUS));
        parts.put(Cka.CKA_PUBLIC_EXPONENT, made.attributes().bytes(Cka.CKA_PUBLIC_EXPONENT));
        for (long type : made.secrets().types()) {
            parts.put(type, Objects.requireNonNull(made.secrets().get(type)).use(byte[]::clone));
        }
        return parts;
    }

    private static HsmObject bringIn(long objectClass, Map<Long, byte[]> parts) {
        AttributeSet.Builder attributes = AttributeSet.builder();
        parts.forEach((type, value) -> attributes.put(type, AttributeValue.of(value)));
        return VectorRunner.bringIn(TABLE, objectClass, Ckk.CKK_RSA, attributes.build());
    }

    private static Map<Long, byte[]> without(Long... types) {
        Map<Long, byte[]> parts = new LinkedHashMap<>(KEY);
        Arrays.asList(types).forEach(parts::remove);
        return parts;
    }

    private static Map<Long, byte[]> with(long type, BigInteger value) {
        Map<Long, byte[]> parts = new LinkedHashMap<>(KEY);
        parts.put(type, BigIntegers.bytes(value));
        return parts;
    }

    private static BigInteger part(long type) {
        return BigIntegers.of(Objects.requireNonNull(KEY.get(type)));
    }

    private static void assertFault(Fault fault, long objectClass, Map<Long, byte[]> parts) {
        assertEquals(
                fault,
                assertThrows(HsmException.class, () -> bringIn(objectClass, parts))
                        .fault());
    }

    private static void assertWholeKey(HsmObject key) {
        BigInteger p = BigIntegers.of(key.secret(Cka.CKA_PRIME_1));
        BigInteger q = BigIntegers.of(key.secret(Cka.CKA_PRIME_2));
        BigInteger d = BigIntegers.of(key.secret(Cka.CKA_PRIVATE_EXPONENT));
        assertEquals(part(Cka.CKA_MODULUS), p.multiply(q));
        assertEquals(d.mod(p.subtract(BigInteger.ONE)), BigIntegers.of(key.secret(Cka.CKA_EXPONENT_1)));
        assertEquals(d.mod(q.subtract(BigInteger.ONE)), BigIntegers.of(key.secret(Cka.CKA_EXPONENT_2)));
        assertEquals(q.modInverse(p), BigIntegers.of(key.secret(Cka.CKA_COEFFICIENT)));
        BigInteger message = BigInteger.valueOf(0x1234567);
        BigInteger e = part(Cka.CKA_PUBLIC_EXPONENT);
        assertEquals(message, message.modPow(d, p.multiply(q)).modPow(e, p.multiply(q)));
    }

    @Test
    void a_whole_private_key_is_taken_as_it_is() {
        HsmObject key = bringIn(Cko.CKO_PRIVATE_KEY, KEY);
        assertWholeKey(key);
        for (long type : key.secrets().types()) {
            assertArrayEquals(KEY.get(type), key.secret(type).use(byte[]::clone), Cka.name(type));
        }
    }

    @Test
    void the_primes_are_recovered_from_the_exponents() {
        assertWholeKey(bringIn(
                Cko.CKO_PRIVATE_KEY,
                without(
                        Cka.CKA_PRIME_1,
                        Cka.CKA_PRIME_2,
                        Cka.CKA_EXPONENT_1,
                        Cka.CKA_EXPONENT_2,
                        Cka.CKA_COEFFICIENT)));
    }

    @Test
    void the_private_exponent_is_recovered_from_the_primes() {
        assertWholeKey(bringIn(
                Cko.CKO_PRIVATE_KEY,
                without(Cka.CKA_PRIVATE_EXPONENT, Cka.CKA_EXPONENT_1, Cka.CKA_EXPONENT_2, Cka.CKA_COEFFICIENT)));
    }

    @Test
    void a_missing_public_exponent_is_taken_for_65537_and_checked() {
        assertWholeKey(bringIn(Cko.CKO_PRIVATE_KEY, without(Cka.CKA_PUBLIC_EXPONENT)));
    }

    @Test
    void leading_zeros_of_a_modulus_do_not_count() {
        Map<Long, byte[]> parts = new LinkedHashMap<>(KEY);
        byte[] modulus = Objects.requireNonNull(KEY.get(Cka.CKA_MODULUS));
        parts.put(Cka.CKA_MODULUS, BigIntegers.bytes(new BigInteger(1, modulus), modulus.length + 3));
        HsmObject key = bringIn(Cko.CKO_PUBLIC_KEY, parts);
        assertArrayEquals(modulus, key.attributes().bytes(Cka.CKA_MODULUS));
        assertEquals(2048, key.attributes().number(Cka.CKA_MODULUS_BITS, -1));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Cka.CKA_PRIVATE_EXPONENT,
                Cka.CKA_PRIME_1,
                Cka.CKA_PRIME_2,
                Cka.CKA_EXPONENT_1,
                Cka.CKA_EXPONENT_2,
                Cka.CKA_COEFFICIENT,
                Cka.CKA_MODULUS
            })
    void a_part_that_does_not_fit_the_others_is_refused(long type) {
        BigInteger changed = part(type).add(BigInteger.TWO);
        assertFault(Fault.ATTRIBUTE_VALUE_INVALID, Cko.CKO_PRIVATE_KEY, with(type, changed));
    }

    @Test
    void a_private_exponent_that_is_not_the_public_ones_is_refused_without_primes() {
        Map<Long, byte[]> parts = without(Cka.CKA_PRIME_1, Cka.CKA_PRIME_2);
        parts.put(
                Cka.CKA_PRIVATE_EXPONENT,
                BigIntegers.bytes(part(Cka.CKA_PRIVATE_EXPONENT).add(BigInteger.TWO)));
        assertFault(Fault.ATTRIBUTE_VALUE_INVALID, Cko.CKO_PRIVATE_KEY, parts);
    }

    @Test
    void missing_parts_are_template_incomplete() {
        assertFault(Fault.TEMPLATE_INCOMPLETE, Cko.CKO_PUBLIC_KEY, without(Cka.CKA_MODULUS));
        assertFault(Fault.TEMPLATE_INCOMPLETE, Cko.CKO_PUBLIC_KEY, without(Cka.CKA_PUBLIC_EXPONENT));
        assertFault(Fault.TEMPLATE_INCOMPLETE, Cko.CKO_PRIVATE_KEY, without(Cka.CKA_PRIVATE_EXPONENT, Cka.CKA_PRIME_1));
    }

    @Test
    void a_modulus_of_less_than_2048_or_more_than_8192_bits_is_key_size_range() {
        BigInteger one = BigInteger.ONE;
        assertFault(
                Fault.KEY_SIZE_RANGE,
                Cko.CKO_PUBLIC_KEY,
                with(Cka.CKA_MODULUS, one.shiftLeft(1023).add(one)));
        assertFault(
                Fault.KEY_SIZE_RANGE,
                Cko.CKO_PUBLIC_KEY,
                with(Cka.CKA_MODULUS, one.shiftLeft(2046).add(one)));
        assertFault(
                Fault.KEY_SIZE_RANGE,
                Cko.CKO_PUBLIC_KEY,
                with(Cka.CKA_MODULUS, one.shiftLeft(8192).add(one)));
        bringIn(Cko.CKO_PUBLIC_KEY, with(Cka.CKA_MODULUS, one.shiftLeft(8191).add(one)));
        assertFault(Fault.ATTRIBUTE_VALUE_INVALID, Cko.CKO_PUBLIC_KEY, with(Cka.CKA_MODULUS, one.shiftLeft(2047)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 17, 65535, 65536, 65538, 1L << 32 | 1})
    void a_small_even_or_long_public_exponent_is_refused(long exponent) {
        assertFault(
                Fault.ATTRIBUTE_VALUE_INVALID,
                Cko.CKO_PUBLIC_KEY,
                with(Cka.CKA_PUBLIC_EXPONENT, BigInteger.valueOf(exponent)));
    }

    @Test
    void the_serialised_form_is_a_pkcs8_that_the_jdk_reads() throws GeneralSecurityException {
        HsmObject key = bringIn(Cko.CKO_PRIVATE_KEY, KEY);
        try (SecretBytes serialised = TABLE.codec(Ckk.CKK_RSA).serialise(key)) {
            RSAPrivateCrtKey read = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(serialised.use(byte[]::clone)));
            assertEquals(part(Cka.CKA_COEFFICIENT), read.getCrtCoefficient());
            assertEquals(part(Cka.CKA_EXPONENT_2), read.getPrimeExponentQ());
            NewKey parsed = TABLE.codec(Ckk.CKK_RSA).parse(Cko.CKO_PRIVATE_KEY, serialised);
            assertWholeKey(TestKeys.object(Cko.CKO_PRIVATE_KEY, Ckk.CKK_RSA, parsed));
        }
    }

    @Test
    void the_public_key_info_is_what_the_jdk_writes() throws GeneralSecurityException {
        byte[] expected = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(part(Cka.CKA_MODULUS), part(Cka.CKA_PUBLIC_EXPONENT)))
                .getEncoded();
        HsmObject pub = bringIn(Cko.CKO_PUBLIC_KEY, KEY);
        HsmObject priv = bringIn(Cko.CKO_PRIVATE_KEY, KEY);
        assertArrayEquals(expected, pub.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO));
        assertArrayEquals(expected, priv.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO));
        assertArrayEquals(expected, TABLE.codec(Ckk.CKK_RSA).publicKeyInfo(priv.attributes()));
    }

    @Test
    void a_public_key_info_without_its_parts_is_empty() {
        assertTrue(TABLE.codec(Ckk.CKK_RSA).publicKeyInfo(AttributeSet.EMPTY).length == 0);
    }
}
