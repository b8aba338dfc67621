// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_PBE_PARAMS.
 *
 * @param password the password's bytes as they are taken, for PKCS #12 two for each character and two zeros; wiped when the
 *     key is made
 * @param salt the salt
 * @param iterations how often the hash runs
 */
public record PbeParameters(byte[] password, byte[] salt, long iterations) implements MechanismParameters {}
