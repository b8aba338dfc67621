// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_AES_CTR_PARAMS.
 *
 * @param counterBits width of the counter in bits
 * @param block the first counter block, 16 bytes
 */
public record CtrParameters(long counterBits, byte[] block) implements MechanismParameters {}
