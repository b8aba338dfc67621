// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_GCM_MESSAGE_PARAMS, CK_CCM_MESSAGE_PARAMS, CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS: the parameters of one message.
 *
 * @param nonce initialisation vector or nonce; where it is generated, its fixed bits count and its length
 * @param fixedBits how many of the nonce's first bits a generator keeps
 * @param generator how the rest of the nonce is made, CKG_*
 * @param tag the tag that a decryption checks; an encryption does not read it
 * @param tagBits length of the tag in bits
 * @param dataLength length of the plaintext in bytes where the structure names it, else -1
 */
public record MessageParameters(byte[] nonce, long fixedBits, long generator, byte[] tag, long tagBits, long dataLength)
        implements AeadParameters {}
