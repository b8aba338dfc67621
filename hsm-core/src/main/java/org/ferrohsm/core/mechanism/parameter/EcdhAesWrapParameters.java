// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_ECDH_AES_KEY_WRAP_PARAMS.
 *
 * @param aesKeyBits length of the temporary AES key in bits
 * @param kdf key derivation function, CKD_*
 * @param sharedData empty if there is none
 */
public record EcdhAesWrapParameters(long aesKeyBits, long kdf, byte[] sharedData) implements MechanismParameters {}
