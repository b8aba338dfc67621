// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.secret.SecretBytes;

/** The key that a derivation makes of its bytes, and the length that it gets (PKCS#11 3.2 section 5.18.5). */
final class DerivedKey {
    /**
     * Shorter pieces of one secret could be guessed one after the other (T18). The nonces of TLS 1.3 have this length (RFC
     * 8446 section 7.3).
     */
    private static final int MIN_LENGTH = 12;

    private DerivedKey() {}

    /**
     * The length of a key of {@code keyType} for this template: CKA_VALUE_LEN, or the type's own length, or {@code
     * natural} where the template is silent and the type allows it.
     *
     * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT, TEMPLATE_INCOMPLETE, KEY_SIZE_RANGE
     */
    static int length(Template template, long keyType, int natural) {
        SecretKeyType type = SecretKeyType.of(keyType);
        if (type == null) {
            throw Fault.TEMPLATE_INCONSISTENT.because("no key of type " + Ckk.name(keyType) + " can be derived");
        }
        AttributeValue given = template.get(Cka.CKA_VALUE_LEN);
        if (given == null && !type.hasOneLength() && !type.isOfAnyLength()) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE_LEN is needed");
        }
        long silent = type.hasOneLength() ? type.max() : natural;
        long length = given == null ? silent : given.asLong();
        if (!type.isLength(length)) {
            throw Fault.KEY_SIZE_RANGE.because("a key of " + length + " bytes");
        }
        if (length < MIN_LENGTH) {
            throw Fault.TEMPLATE_INCONSISTENT.because("a derived key of less than " + MIN_LENGTH + " bytes");
        }
        return (int) length;
    }

    /** A key of these bytes, which it takes over. */
    static NewKey of(long keyType, SecretBytes value) {
        SecretKeyType type = SecretKeyType.of(keyType);
        return SecretKeyCodec.newKey(type != null && type.hasParity() ? DesParity.adjusted(value) : value);
    }

    /**
     * The key that the template asks for, cut from the front of {@code material}, which is wiped.
     *
     * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT if it asks for more bytes than there are
     */
    static NewKey cut(Template template, long keyType, byte[] material) {
        try {
            int length = length(template, keyType, material.length);
            if (length > material.length) {
                throw Fault.TEMPLATE_INCONSISTENT.because("more bytes than the derivation gives");
            }
            return of(keyType, SecretBytes.adopt(Arrays.copyOf(material, length)));
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }
}
