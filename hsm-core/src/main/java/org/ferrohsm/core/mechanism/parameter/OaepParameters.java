// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_RSA_PKCS_OAEP_PARAMS.
 *
 * @param hash mechanism type of the hash
 * @param mgf mask generation function, CKG_*
 * @param source CKZ_DATA_SPECIFIED, or 0 with an empty label
 * @param label the encoding parameter, empty if there is none
 */
public record OaepParameters(long hash, long mgf, long source, byte[] label) implements MechanismParameters {}
