// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;

/**
 * A mechanism as a caller asks for it.
 *
 * @param type CKM_*
 * @param parameters its parameters
 */
public record MechanismCall(long type, MechanismParameters parameters) {
    /** A mechanism without parameters. */
    public static MechanismCall of(long type) {
        return new MechanismCall(type, NoParameters.INSTANCE);
    }
}
