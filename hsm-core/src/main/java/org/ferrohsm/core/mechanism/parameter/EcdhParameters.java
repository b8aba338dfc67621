// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_ECDH1_DERIVE_PARAMS and CK_X9_42_DH1_DERIVE_PARAMS.
 *
 * @param kdf key derivation function, CKD_*
 * @param sharedData empty if there is none
 * @param publicData the other party's point, raw or wrapped in an OCTET STRING, or number
 */
public record EcdhParameters(long kdf, byte[] sharedData, byte[] publicData) implements MechanismParameters {}
