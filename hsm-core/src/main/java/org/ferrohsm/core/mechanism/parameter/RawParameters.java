// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/** A parameter that is plain bytes: an initialisation vector, for most mechanisms that take one. */
public record RawParameters(byte[] bytes) implements MechanismParameters {}
