// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.ferrohsm.core.mechanism.parameter.MechanismParameters;

/**
 * How an authenticated cipher serves the message functions and authenticated wrapping (PKCS#11 3.2 sections 5.9, 5.11 and
 * 5.18.6): one message becomes the parameters of the mechanism's own encryptor and decryptor, whose ciphertext ends with
 * the tag. Nonces are generated, and tags parted, before and after.
 */
@FunctionalInterface
public interface MessageForm {
    /**
     * One message.
     *
     * @param nonce initialisation vector or nonce, complete
     * @param associatedData empty if there is none
     * @param tagBits length of the tag in bits
     * @param dataLength length of the plaintext in bytes, -1 if it is not known in advance
     */
    record Message(byte[] nonce, byte[] associatedData, long tagBits, long dataLength) {}

    /**
     * The parameters for one message.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID
     */
    MechanismParameters parameters(Message message);
}
