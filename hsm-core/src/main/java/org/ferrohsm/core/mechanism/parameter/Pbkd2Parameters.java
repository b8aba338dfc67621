// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_PKCS5_PBKD2_PARAMS2.
 *
 * @param saltSource CKZ_SALT_SPECIFIED
 * @param salt the salt
 * @param iterations how often the function runs for each block
 * @param prf CKP_PKCS5_PBKD2_*
 * @param prfData must be empty: no function takes any
 * @param password the password's bytes; wiped when the key is made
 */
public record Pbkd2Parameters(long saltSource, byte[] salt, long iterations, long prf, byte[] prfData, byte[] password)
        implements MechanismParameters {}
