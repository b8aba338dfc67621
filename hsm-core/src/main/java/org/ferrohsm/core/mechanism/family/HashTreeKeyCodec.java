// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.ByteBuffer;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Public keys of a stateful hash-based signature. There are no private ones: a copy of their state would be their end. */
final class HashTreeKeyCodec implements KeyCodec {
    private static final int MIN_LENGTH = 12;

    private final HashTreeScheme scheme;

    HashTreeKeyCodec(HashTreeScheme scheme) {
        this.scheme = scheme;
    }

    @Override
    public Set<Long> keyTypes() {
        return Set.of(scheme.keyType());
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        if (!attributes.contains(Cka.CKA_VALUE)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        byte[] value = attributes.bytes(Cka.CKA_VALUE);
        if (value.length < MIN_LENGTH) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a public key of " + value.length + " bytes");
        }
        EngineCall.orFault(
                Fault.PUBLIC_KEY_INVALID,
                "no public key of that algorithm",
                () -> scheme.verifier().apply(value));
        AttributeSet names = scheme.names().apply(ByteBuffer.wrap(value));
        for (long type : names.asMap().keySet()) {
            AttributeValue given = attributes.get(type);
            if (given != null && !given.equals(names.get(type))) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because(Cka.name(type) + " is not that of the public key");
            }
        }
        return new NewKey(
                attributes.toBuilder()
                        .putAll(names)
                        .put(Cka.CKA_PUBLIC_KEY_INFO, info(value))
                        .build(),
                secrets);
    }

    private byte[] info(byte[] value) {
        return Der.element(Der.SEQUENCE, Der.element(Der.SEQUENCE, scheme.oid()), Der.bitString(value));
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return info(attributes.bytes(Cka.CKA_VALUE));
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        throw Fault.KEY_NOT_WRAPPABLE.because("a public key");
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        throw Fault.WRAPPED_KEY_INVALID.because("private keys with a state are not taken");
    }
}
