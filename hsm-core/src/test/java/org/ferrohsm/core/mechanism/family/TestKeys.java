// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Objects as the token would hold them, without a token. */
final class TestKeys {
    private TestKeys() {}

    /** An object made of what a mechanism or codec contributed. */
    static HsmObject object(long objectClass, long keyType, NewKey key) {
        AttributeSet attributes = AttributeSet.builder()
                .putAll(key.attributes())
                .put(Cka.CKA_CLASS, objectClass)
                .put(Cka.CKA_KEY_TYPE, keyType)
                .build();
        return new HsmObject(UUID.randomUUID(), 1, attributes, key.secrets());
    }

    /** A secret key of this value. */
    static HsmObject secret(long keyType, byte[] value) {
        SecretAttributes secrets = SecretAttributes.of(Cka.CKA_VALUE, SecretBytes.copyOf(value));
        return object(Cko.CKO_SECRET_KEY, keyType, new NewKey(AttributeSet.EMPTY, secrets));
    }
}
