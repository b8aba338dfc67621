// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys that are nothing but their value. */
final class SecretKeyCodec implements KeyCodec {
    private final Set<Long> keyTypes;
    private final LongPredicate lengths;
    private final Function<SecretBytes, byte[]> checkValue;

    /** {@code lengths} says which lengths in bytes such keys may have. */
    SecretKeyCodec(Set<Long> keyTypes, LongPredicate lengths, Function<SecretBytes, byte[]> checkValue) {
        this.keyTypes = keyTypes;
        this.lengths = lengths;
        this.checkValue = checkValue;
    }

    /** A new key of this value, which it takes over. */
    static NewKey newKey(SecretBytes value) {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_VALUE_LEN, (long) value.length())
                .build();
        return new NewKey(attributes, SecretAttributes.of(Cka.CKA_VALUE, value));
    }

    @Override
    public Set<Long> keyTypes() {
        return keyTypes;
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        SecretBytes value = secrets.get(Cka.CKA_VALUE);
        if (value == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        if (!lengths.test(value.length())) {
            throw Fault.KEY_SIZE_RANGE.because("a key of " + value.length() + " bytes");
        }
        AttributeSet completed = attributes.toBuilder()
                .put(Cka.CKA_VALUE_LEN, (long) value.length())
                .build();
        return new NewKey(completed, secrets);
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return new byte[0];
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return Arrays.copyOf(checkValue.apply(key.secret(Cka.CKA_VALUE)), 3);
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return key.secret(Cka.CKA_VALUE).copy();
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        if (!lengths.test(serialised.length())) {
            throw Fault.WRAPPED_KEY_INVALID.because("a wrapped key of " + serialised.length() + " bytes");
        }
        return newKey(serialised.copy());
    }

    /** The first bytes of the value's digest, for keys of no cipher. */
    static Function<SecretBytes, byte[]> byDigest(java.util.function.Supplier<MessageDigest> digest) {
        return value -> value.use(bytes -> digest.get().digest(bytes));
    }
}
