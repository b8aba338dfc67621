// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys of CKK_RSA (PKCS#11 3.2 section 6.1, RFC 8017 appendix A.1). */
final class RsaKeyCodec implements KeyCodec {
    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 8192;

    /** The default of CKA_PUBLIC_EXPONENT. */
    static final BigInteger F4 = BigInteger.valueOf(65537);

    private static final int MAX_EXPONENT_BITS = 32;
    private static final byte[] ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** The secret parts in the order of RSAPrivateKey. */
    private static final List<Long> SECRET_PARTS = List.of(
            Cka.CKA_PRIVATE_EXPONENT,
            Cka.CKA_PRIME_1,
            Cka.CKA_PRIME_2,
            Cka.CKA_EXPONENT_1,
            Cka.CKA_EXPONENT_2,
            Cka.CKA_COEFFICIENT);

    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_RSA);
    }

    /** {@code otherwise} unless odd, at least 65537 (T19), and no longer than every engine takes. */
    static BigInteger checkExponent(BigInteger exponent, Fault otherwise) {
        if (exponent.compareTo(F4) < 0 || !exponent.testBit(0) || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw otherwise.because("a public exponent that is even, below 65537 or too long");
        }
        return exponent;
    }

    /** The public half. */
    static NewKey publicKey(BigInteger modulus, BigInteger exponent) {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_MODULUS, BigIntegers.bytes(modulus))
                .put(Cka.CKA_MODULUS_BITS, (long) modulus.bitLength())
                .put(Cka.CKA_PUBLIC_EXPONENT, BigIntegers.bytes(exponent))
                .put(Cka.CKA_PUBLIC_KEY_INFO, publicKeyInfo(modulus, exponent))
                .build();
        return new NewKey(attributes, SecretAttributes.none());
    }

    /** The private half. */
    static NewKey privateKey(RsaNumbers numbers) {
        Map<Long, SecretBytes> secrets = new TreeMap<>();
        List<BigInteger> values = numbers.secrets();
        for (int i = 0; i < values.size(); i++) {
            secrets.put(SECRET_PARTS.get(i), BigIntegers.secret(values.get(i)));
        }
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_MODULUS, BigIntegers.bytes(numbers.modulus()))
                .put(Cka.CKA_PUBLIC_EXPONENT, BigIntegers.bytes(numbers.publicExponent()))
                .put(Cka.CKA_PUBLIC_KEY_INFO, publicKeyInfo(numbers.modulus(), numbers.publicExponent()))
                .build();
        return new NewKey(attributes, SecretAttributes.of(secrets));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        BigInteger modulus = number(attributes, Cka.CKA_MODULUS)
                .orElseThrow(() -> Fault.TEMPLATE_INCOMPLETE.because("CKA_MODULUS is needed"));
        checkModulus(modulus, Fault.KEY_SIZE_RANGE, Fault.ATTRIBUTE_VALUE_INVALID);
        Optional<BigInteger> exponent =
                number(attributes, Cka.CKA_PUBLIC_EXPONENT).map(e -> checkExponent(e, Fault.ATTRIBUTE_VALUE_INVALID));
        NewKey key;
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            key = publicKey(
                    modulus,
                    exponent.orElseThrow(() -> Fault.TEMPLATE_INCOMPLETE.because("CKA_PUBLIC_EXPONENT is needed")));
        } else {
            key = privateKey(complete(modulus, exponent.orElse(F4), secrets));
            secrets.close();
        }
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static RsaNumbers complete(BigInteger modulus, BigInteger exponent, SecretAttributes secrets) {
        List<Optional<BigInteger>> given = new ArrayList<>();
        SECRET_PARTS.forEach(type -> given.add(number(secrets, type)));
        Optional<BigInteger> d = given.get(0);
        if (given.get(1).isEmpty() || given.get(2).isEmpty()) {
            return RsaNumbers.ofExponents(
                    modulus,
                    exponent,
                    d.orElseThrow(() -> Fault.TEMPLATE_INCOMPLETE.because("CKA_PRIVATE_EXPONENT is needed")));
        }
        RsaNumbers numbers = RsaNumbers.ofPrimes(
                modulus, exponent, given.get(1).get(), given.get(2).get(), d, Fault.ATTRIBUTE_VALUE_INVALID);
        for (int i = 0; i < given.size(); i++) {
            BigInteger expected = numbers.secrets().get(i);
            if (!given.get(i).orElse(expected).equals(expected)) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because(Cka.name(SECRET_PARTS.get(i)) + " does not fit the rest");
            }
        }
        return numbers;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        Optional<BigInteger> modulus = number(attributes, Cka.CKA_MODULUS);
        Optional<BigInteger> exponent = number(attributes, Cka.CKA_PUBLIC_EXPONENT);
        return modulus.isPresent() && exponent.isPresent() ? publicKeyInfo(modulus.get(), exponent.get()) : new byte[0];
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        List<byte[]> fields = new ArrayList<>();
        fields.add(new byte[] {Der.INTEGER, 1, 0});
        fields.add(unsigned(key.attributes().bytes(Cka.CKA_MODULUS)));
        fields.add(unsigned(key.attributes().bytes(Cka.CKA_PUBLIC_EXPONENT)));
        for (long part : SECRET_PARTS) {
            fields.add(key.secret(part).use(RsaKeyCodec::unsigned));
        }
        byte[] rsaPrivateKey = Der.element(Der.SEQUENCE, fields.toArray(byte[][]::new));
        fields.forEach(field -> Arrays.fill(field, (byte) 0));
        return Pkcs8.write(ALGORITHM, rsaPrivateKey);
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            if (!Arrays.equals(algorithm, ALGORITHM)) {
                throw Fault.WRAPPED_KEY_INVALID.because("no RSA key");
            }
            Der.Reader fields = new Der.Reader(
                    Der.content(Der.SEQUENCE, key, Fault.WRAPPED_KEY_INVALID), Fault.WRAPPED_KEY_INVALID);
            fields.next(Der.INTEGER);
            BigInteger modulus = BigIntegers.of(fields.next(Der.INTEGER));
            BigInteger exponent = BigIntegers.of(fields.next(Der.INTEGER));
            BigInteger d = BigIntegers.of(fields.next(Der.INTEGER));
            BigInteger p = BigIntegers.of(fields.next(Der.INTEGER));
            BigInteger q = BigIntegers.of(fields.next(Der.INTEGER));
            checkModulus(modulus, Fault.WRAPPED_KEY_INVALID, Fault.WRAPPED_KEY_INVALID);
            return privateKey(RsaNumbers.ofPrimes(
                    modulus,
                    checkExponent(exponent, Fault.WRAPPED_KEY_INVALID),
                    p,
                    q,
                    Optional.of(d),
                    Fault.WRAPPED_KEY_INVALID));
        });
    }

    private static void checkModulus(BigInteger modulus, Fault size, Fault evenness) {
        int bits = modulus.bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw size.because("an RSA modulus of " + bits + " bits");
        }
        if (!modulus.testBit(0)) {
            throw evenness.because("an even RSA modulus");
        }
    }

    private static byte[] publicKeyInfo(BigInteger modulus, BigInteger exponent) {
        byte[] key = Der.element(Der.SEQUENCE, Der.integer(modulus), Der.integer(exponent));
        return Der.element(Der.SEQUENCE, ALGORITHM, Der.bitString(key));
    }

    private static byte[] unsigned(byte[] number) {
        return Der.unsigned(number, 0, number.length);
    }

    private static Optional<BigInteger> number(AttributeSet attributes, long type) {
        byte[] bytes = attributes.bytes(type);
        return bytes.length == 0 ? Optional.empty() : Optional.of(BigIntegers.of(bytes));
    }

    private static Optional<BigInteger> number(SecretAttributes secrets, long type) {
        return Optional.ofNullable(secrets.get(type)).map(BigIntegers::of);
    }
}
