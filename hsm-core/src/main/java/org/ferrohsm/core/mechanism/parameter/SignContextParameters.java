// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_SIGN_ADDITIONAL_CONTEXT.
 *
 * @param hedge CKH_HEDGE_PREFERRED, CKH_HEDGE_REQUIRED or CKH_DETERMINISTIC_REQUIRED
 * @param context context string, empty if there is none
 */
public record SignContextParameters(long hedge, byte[] context) implements MechanismParameters {}
