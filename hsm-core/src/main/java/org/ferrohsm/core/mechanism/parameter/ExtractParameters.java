// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_EXTRACT_PARAMS.
 *
 * @param firstBit the bit of the base key that comes first, counted from its most significant one
 */
public record ExtractParameters(long firstBit) implements MechanismParameters {}
