// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Set;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.fault.Fault;

/** The length that a derived key gets (PKCS#11 3.2 section 5.18.5). */
final class DerivedKey {
    /** Shorter pieces of one secret could be guessed one after the other (T18). */
    private static final int MIN_LENGTH = 14;

    private static final int MAX_LENGTH = 4096;

    private static final Set<Long> OF_ANY_LENGTH = Set.of(
            Ckk.CKK_GENERIC_SECRET,
            Ckk.CKK_SHA_1_HMAC,
            Ckk.CKK_SHA224_HMAC,
            Ckk.CKK_SHA256_HMAC,
            Ckk.CKK_SHA384_HMAC,
            Ckk.CKK_SHA512_HMAC);

    private DerivedKey() {}

    /**
     * The length of a key of {@code keyType} for this template: CKA_VALUE_LEN, or {@code natural} where the template is
     * silent and the type allows it.
     *
     * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT, TEMPLATE_INCOMPLETE, KEY_SIZE_RANGE
     */
    static int length(Template template, long keyType, int natural) {
        boolean aes = keyType == Ckk.CKK_AES;
        if (!aes && !OF_ANY_LENGTH.contains(keyType)) {
            throw Fault.TEMPLATE_INCONSISTENT.because("no key of type " + Ckk.name(keyType) + " can be derived");
        }
        AttributeValue given = template.get(Cka.CKA_VALUE_LEN);
        if (given == null && aes) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE_LEN is needed");
        }
        long length = given == null ? natural : given.asLong();
        if (aes ? length != 16 && length != 24 && length != 32 : length < 1 || length > MAX_LENGTH) {
            throw Fault.KEY_SIZE_RANGE.because("a key of " + length + " bytes");
        }
        if (length < MIN_LENGTH) {
            throw Fault.TEMPLATE_INCONSISTENT.because("a derived key of less than " + MIN_LENGTH + " bytes");
        }
        return (int) length;
    }
}
