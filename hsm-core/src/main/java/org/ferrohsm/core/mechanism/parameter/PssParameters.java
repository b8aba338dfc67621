// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_RSA_PKCS_PSS_PARAMS.
 *
 * @param hash mechanism type of the hash
 * @param mgf mask generation function, CKG_*
 * @param saltLength in bytes
 */
public record PssParameters(long hash, long mgf, long saltLength) implements MechanismParameters {}
