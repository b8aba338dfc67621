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

/** Keys of CKK_DSA: CKA_PRIME, CKA_SUBPRIME and CKA_BASE with CKA_VALUE (PKCS#11 3.2 section 6.2). */
final class DsaKeyCodec implements KeyCodec {
    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_DSA);
    }

    /** The public half. */
    static NewKey publicKey(DsaGroup group, BigInteger value) {
        return new NewKey(
                common(group, value)
                        .put(Cka.CKA_VALUE, BigIntegers.bytes(value))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half. */
    static NewKey privateKey(DsaGroup group, BigInteger value) {
        return new NewKey(
                common(group, group.base().modPow(value, group.prime())).build(),
                SecretAttributes.of(Cka.CKA_VALUE, SecretBytes.adopt(BigIntegers.bytes(value, group.width()))));
    }

    private static AttributeSet.Builder common(DsaGroup group, BigInteger publicValue) {
        return AttributeSet.builder()
                .put(Cka.CKA_PRIME, BigIntegers.bytes(group.prime()))
                .put(Cka.CKA_SUBPRIME, BigIntegers.bytes(group.subprime()))
                .put(Cka.CKA_BASE, BigIntegers.bytes(group.base()))
                .put(Cka.CKA_PUBLIC_KEY_INFO, info(group, publicValue));
    }

    private static byte[] info(DsaGroup group, BigInteger publicValue) {
        return Der.element(Der.SEQUENCE, group.algorithm(), Der.bitString(DhGroup.integer(publicValue)));
    }

    /** The domain parameters of a key that exists. */
    static DsaGroup group(AttributeSet attributes) {
        return new DsaGroup(
                BigIntegers.of(attributes.bytes(Cka.CKA_PRIME)),
                BigIntegers.of(attributes.bytes(Cka.CKA_SUBPRIME)),
                BigIntegers.of(attributes.bytes(Cka.CKA_BASE)));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        if (!attributes.contains(Cka.CKA_PRIME)
                || !attributes.contains(Cka.CKA_SUBPRIME)
                || !attributes.contains(Cka.CKA_BASE)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_PRIME, CKA_SUBPRIME and CKA_BASE are needed");
        }
        DsaGroup given = group(attributes);
        DsaGroup group = DsaGroup.checked(given.prime(), given.subprime(), given.base());
        NewKey key;
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            if (!attributes.contains(Cka.CKA_VALUE)) {
                throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
            }
            BigInteger value = BigIntegers.of(attributes.bytes(Cka.CKA_VALUE));
            if (!group.contains(value)) {
                throw Fault.PUBLIC_KEY_INVALID.because("a public value outside of the subgroup");
            }
            key = publicKey(group, value);
        } else {
            SecretBytes value = secrets.get(Cka.CKA_VALUE);
            if (value == null) {
                throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
            }
            key = privateKey(group, inRange(group, BigIntegers.of(value), Fault.ATTRIBUTE_VALUE_INVALID));
            secrets.close();
        }
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static BigInteger inRange(DsaGroup group, BigInteger value, Fault otherwise) {
        if (value.signum() <= 0 || value.compareTo(group.subprime()) >= 0) {
            throw otherwise.because("a private value that is not between 1 and the subprime");
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
            DsaGroup group = DsaGroup.of(algorithm);
            byte[] value = Der.content(Der.INTEGER, key, Fault.WRAPPED_KEY_INVALID);
            try {
                return privateKey(group, inRange(group, BigIntegers.of(value), Fault.WRAPPED_KEY_INVALID));
            } finally {
                Arrays.fill(value, (byte) 0);
            }
        });
    }
}
