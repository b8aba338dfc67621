// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_RSA_AES_KEY_WRAP_PARAMS.
 *
 * @param aesKeyBits length of the temporary AES key in bits
 * @param oaep how the temporary key is wrapped
 */
public record RsaAesWrapParameters(long aesKeyBits, OaepParameters oaep) implements MechanismParameters {}
