// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_MAC_GENERAL_PARAMS.
 *
 * @param bytes length of the MAC in bytes
 */
public record MacLengthParameters(long bytes) implements MechanismParameters {}
