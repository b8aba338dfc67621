// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_CHACHA20_PARAMS and CK_SALSA20_PARAMS.
 *
 * @param counter number of the first block, little-endian, 4 or 8 bytes
 * @param nonce 8, 12 or 24 bytes, which says which variant of the cipher it is
 */
public record StreamCipherParameters(byte[] counter, byte[] nonce) implements MechanismParameters {}
