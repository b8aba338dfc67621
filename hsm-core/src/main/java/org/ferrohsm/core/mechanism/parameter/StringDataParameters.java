// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/** CK_KEY_DERIVATION_STRING_DATA. */
public record StringDataParameters(byte[] data) implements MechanismParameters {}
