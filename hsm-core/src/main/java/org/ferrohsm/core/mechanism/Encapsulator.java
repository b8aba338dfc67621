// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** A key encapsulation (PKCS#11 3.2 section 5.18.8 and 5.18.9): a new secret key, and what its other owner needs for it. */
public interface Encapsulator {
    /**
     * A ciphertext and the new key inside it.
     *
     * @param ciphertext what C_DecapsulateKey takes
     * @param key the shared secret as a key, its secrets the receiver's
     */
    record Encapsulation(byte[] ciphertext, NewKey key) {}

    /** The ciphertext's length in bytes for this public key, known before anything is made. */
    int ciphertextLength(HsmObject publicKey, MechanismParameters parameters);

    /** Makes a key of type {@code keyType}; the template may give CKA_VALUE_LEN. */
    Encapsulation encapsulate(HsmObject publicKey, Template template, long keyType, MechanismParameters parameters);

    /**
     * The key inside {@code ciphertext}. Where a KEM rejects implicitly, a wrong ciphertext gives another key.
     *
     * @throws org.ferrohsm.core.fault.HsmException WRAPPED_KEY_LEN_RANGE, WRAPPED_KEY_INVALID
     */
    NewKey decapsulate(
            HsmObject privateKey, byte[] ciphertext, Template template, long keyType, MechanismParameters parameters);
}
