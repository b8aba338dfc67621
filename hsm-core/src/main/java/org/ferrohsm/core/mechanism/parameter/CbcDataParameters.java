// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_AES_CBC_ENCRYPT_DATA_PARAMS and its kin for other ciphers.
 *
 * @param iv one block
 * @param data what is encrypted
 */
public record CbcDataParameters(byte[] iv, byte[] data) implements MechanismParameters {}
