// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** What a family knows about the keys of its type apart from any mechanism: checks, and forms for wrapping. */
public interface KeyCodec {
    /** CKK_* this codec is for. */
    Set<Long> keyTypes();

    /**
     * Checks a key that a caller brings in (C_CreateObject) and completes what follows from its parts (CKA_MODULUS_BITS
     * of a public key, CKA_VALUE_LEN of a secret one, missing CRT values).
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID, PUBLIC_KEY_INVALID, KEY_SIZE_RANGE,
     *     CURVE_NOT_SUPPORTED, TEMPLATE_INCOMPLETE
     */
    NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets);

    /** CKA_PUBLIC_KEY_INFO, the DER of SubjectPublicKeyInfo, of a public or private key; empty if it does not follow. */
    byte[] publicKeyInfo(AttributeSet attributes);

    /**
     * CKA_CHECK_VALUE of a secret key: the first three bytes of a zero block's encryption for a block cipher, of the
     * value's SHA-1 for others (PKCS#11 3.2 section 4.10.1); empty if the key is no secret key.
     */
    byte[] checkValue(HsmObject key);

    /** The form that is wrapped: PKCS#8 PrivateKeyInfo of a private key, the value of a secret key. */
    SecretBytes serialise(HsmObject key);

    /**
     * The parts of a key that was serialised so.
     *
     * @throws org.ferrohsm.core.fault.HsmException WRAPPED_KEY_INVALID
     */
    NewKey parse(long objectClass, SecretBytes serialised);
}
