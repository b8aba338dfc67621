// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys that are a number, CKA_VALUE, in a group of a prime field. */
abstract class FiniteFieldKeyCodec<G extends FiniteFieldGroup> implements KeyCodec {
    private final long keyType;
    private final byte[] algorithm;
    private final List<Long> domain;

    /**
     * @param algorithm DER of the key type's OBJECT IDENTIFIER
     * @param domain CKA_* of the domain parameters in the order of the AlgorithmIdentifier
     */
    FiniteFieldKeyCodec(long keyType, byte[] algorithm, List<Long> domain) {
        this.keyType = keyType;
        this.algorithm = algorithm;
        this.domain = domain;
    }

    /** The group with these parameters, unchecked. */
    abstract G group(List<BigInteger> parameters);

    @Override
    public Set<Long> keyTypes() {
        return Set.of(keyType);
    }

    /** The group of a key that exists. */
    G group(AttributeSet attributes) {
        return group(attributes::bytes);
    }

    /** The group that a template for a public key gives, checked. */
    G group(Template template) {
        return checked(group((long type) -> Checks.bytes(template, type)));
    }

    private G group(LongFunction<byte[]> attributes) {
        return group(domain.stream()
                .map(type -> BigIntegers.of(attributes.apply(type)))
                .toList());
    }

    private G checked(G group) {
        group.check();
        return group;
    }

    /** The public half. */
    NewKey publicKey(G group, BigInteger value) {
        return new NewKey(
                common(group, value)
                        .put(Cka.CKA_VALUE, BigIntegers.bytes(value))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half. */
    NewKey privateKey(G group, BigInteger value) {
        return new NewKey(
                common(group, group.base().modPow(value, group.prime())).build(),
                SecretAttributes.of(Cka.CKA_VALUE, group.encode(value)));
    }

    private AttributeSet.Builder common(G group, BigInteger publicValue) {
        AttributeSet.Builder attributes =
                AttributeSet.builder().put(Cka.CKA_PUBLIC_KEY_INFO, publicKeyInfo(group, publicValue));
        for (int i = 0; i < domain.size(); i++) {
            attributes.put(domain.get(i), BigIntegers.bytes(group.domain().get(i)));
        }
        return attributes;
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        for (long type : domain) {
            require(attributes, type);
        }
        G group = checked(group(attributes));
        NewKey key;
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            require(attributes, Cka.CKA_VALUE);
            BigInteger value = BigIntegers.of(attributes.bytes(Cka.CKA_VALUE));
            if (!group.contains(value)) {
                throw Fault.PUBLIC_KEY_INVALID.because("a public value outside of the group");
            }
            key = publicKey(group, value);
        } else {
            SecretBytes value = secrets.get(Cka.CKA_VALUE);
            if (value == null) {
                throw missing(Cka.CKA_VALUE);
            }
            key = privateKey(group, inRange(group, BigIntegers.of(value), Fault.ATTRIBUTE_VALUE_INVALID));
            secrets.close();
        }
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static void require(AttributeSet attributes, long type) {
        if (!attributes.contains(type)) {
            throw missing(type);
        }
    }

    private static HsmException missing(long type) {
        return Fault.TEMPLATE_INCOMPLETE.because(Cka.name(type) + " is needed");
    }

    private BigInteger inRange(G group, BigInteger value, Fault otherwise) {
        if (value.signum() <= 0 || value.compareTo(group.privateBound()) >= 0) {
            throw otherwise.because("a private value out of range");
        }
        return value;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return attributes.contains(Cka.CKA_VALUE)
                ? publicKeyInfo(group(attributes), BigIntegers.of(attributes.bytes(Cka.CKA_VALUE)))
                : attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
    }

    private byte[] publicKeyInfo(G group, BigInteger publicValue) {
        return Der.element(Der.SEQUENCE, algorithm(group), Der.bitString(Der.integer(publicValue)));
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return Pkcs8.write(algorithm(group(key.attributes())), Der.integer(BigIntegers.of(key.secret(Cka.CKA_VALUE))));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (identifier, key) -> {
            G group = checked(parse(identifier));
            byte[] value = Der.content(Der.INTEGER, key, Fault.WRAPPED_KEY_INVALID);
            try {
                return privateKey(group, inRange(group, BigIntegers.of(value), Fault.WRAPPED_KEY_INVALID));
            } finally {
                Arrays.fill(value, (byte) 0);
            }
        });
    }

    /** The whole AlgorithmIdentifier of keys of a group. */
    private byte[] algorithm(G group) {
        byte[] parameters = Der.element(
                Der.SEQUENCE, group.domain().stream().map(Der::integer).toArray(byte[][]::new));
        return Der.element(Der.SEQUENCE, algorithm, parameters);
    }

    private G parse(byte[] identifier) {
        Der.Reader parts = new Der.Reader(
                Der.content(Der.SEQUENCE, identifier, Fault.WRAPPED_KEY_INVALID), Fault.WRAPPED_KEY_INVALID);
        byte[] oid = Der.element(Der.OBJECT_IDENTIFIER, parts.next(Der.OBJECT_IDENTIFIER));
        if (!Arrays.equals(oid, algorithm)) {
            throw Fault.WRAPPED_KEY_INVALID.because("a key of another algorithm");
        }
        Der.Reader numbers = new Der.Reader(parts.next(Der.SEQUENCE), Fault.WRAPPED_KEY_INVALID);
        return group((long type) -> numbers.next(Der.INTEGER));
    }
}
