// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_EDDSA_PARAMS.
 *
 * @param prehash whether the message is hashed first (Ed25519ph)
 * @param context context string, empty if there is none
 */
public record EddsaParameters(boolean prehash, byte[] context) implements MechanismParameters {}
