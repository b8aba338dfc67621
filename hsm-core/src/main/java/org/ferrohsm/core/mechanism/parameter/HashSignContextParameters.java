// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_HASH_SIGN_ADDITIONAL_CONTEXT.
 *
 * @param hedge CKH_HEDGE_PREFERRED, CKH_HEDGE_REQUIRED or CKH_DETERMINISTIC_REQUIRED
 * @param context context string, empty if there is none
 * @param hash mechanism type of the hash whose digest is signed
 */
public record HashSignContextParameters(long hedge, byte[] context, long hash) implements MechanismParameters {}
