// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
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

/** Keys of CKK_DH: CKA_PRIME and CKA_BASE with CKA_VALUE (PKCS#11 3.2 section 6.4). */
final class DhKeyCodec implements KeyCodec {
    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_DH);
    }

    /** The public half. */
    static NewKey publicKey(DhGroup group, BigInteger value) {
        return new NewKey(
                common(group, value)
                        .put(Cka.CKA_VALUE, BigIntegers.bytes(value))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half. */
    static NewKey privateKey(DhGroup group, BigInteger value) {
        return new NewKey(
                common(group, group.base().modPow(value, group.prime()))
                        .put(Cka.CKA_VALUE_BITS, (long) value.bitLength())
                        .build(),
                SecretAttributes.of(Cka.CKA_VALUE, BigIntegers.secret(value)));
    }

    private static AttributeSet.Builder common(DhGroup group, BigInteger publicValue) {
        return AttributeSet.builder()
                .put(Cka.CKA_PRIME, BigIntegers.bytes(group.prime()))
                .put(Cka.CKA_BASE, BigIntegers.bytes(group.base()))
                .put(Cka.CKA_PUBLIC_KEY_INFO, info(group, publicValue));
    }

    private static byte[] info(DhGroup group, BigInteger publicValue) {
        return Der.element(Der.SEQUENCE, group.algorithm(), Der.bitString(DhGroup.integer(publicValue)));
    }

    /** The group of a key that exists. */
    static DhGroup group(AttributeSet attributes) {
        return new DhGroup(
                BigIntegers.of(attributes.bytes(Cka.CKA_PRIME)), BigIntegers.of(attributes.bytes(Cka.CKA_BASE)));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        if (!attributes.contains(Cka.CKA_PRIME) || !attributes.contains(Cka.CKA_BASE)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_PRIME and CKA_BASE are needed");
        }
        DhGroup group = group(attributes);
        group = DhGroup.checked(group.prime(), group.base());
        NewKey key;
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            BigInteger value = BigIntegers.of(attributes.bytes(Cka.CKA_VALUE));
            if (!group.contains(value)) {
                throw Fault.PUBLIC_KEY_INVALID.because("a public value out of range");
            }
            key = publicKey(group, value);
        } else {
            SecretBytes given = secrets.get(Cka.CKA_VALUE);
            if (given == null) {
                throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
            }
            key = privateKey(group, inRange(group, BigIntegers.of(given), Fault.ATTRIBUTE_VALUE_INVALID));
            secrets.close();
        }
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static BigInteger inRange(DhGroup group, BigInteger value, Fault otherwise) {
        if (value.signum() <= 0 || value.compareTo(group.prime().subtract(BigInteger.ONE)) >= 0) {
            throw otherwise.because("a private value out of range");
        }
        return value;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return attributes.contains(Cka.CKA_VALUE)
                ? info(group(attributes), BigIntegers.of(attributes.bytes(Cka.CKA_VALUE)))
                : attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return Pkcs8.write(
                group(key.attributes()).algorithm(), DhGroup.integer(BigIntegers.of(key.secret(Cka.CKA_VALUE))));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            DhGroup group = DhGroup.of(algorithm);
            byte[] value = Der.content(Der.INTEGER, key, Fault.WRAPPED_KEY_INVALID);
            try {
                return privateKey(group, inRange(group, BigIntegers.of(value), Fault.WRAPPED_KEY_INVALID));
            } finally {
                Arrays.fill(value, (byte) 0);
            }
        });
    }
}
