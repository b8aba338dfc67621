// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/** No parameter: pParameter is NULL or its length 0. */
public record NoParameters() implements MechanismParameters {
    /** The only value needed. */
    public static final NoParameters INSTANCE = new NoParameters();
}
