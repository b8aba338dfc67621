// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.NoParameters;

/** Whether a call brings the kind of parameters that its mechanism's row asks for. */
final class Parameters {
    private Parameters() {}

    /**
     * Refuses parameters of another kind.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID
     */
    static void check(Mechanism mechanism, MechanismCall call) {
        boolean none = call.parameters() instanceof NoParameters && mechanism.parametersOptional();
        if (!none && !mechanism.parameters().isInstance(call.parameters())) {
            throw Fault.MECHANISM_PARAM_INVALID.because(mechanism.name() + " takes "
                    + mechanism.parameters().getSimpleName() + ", not "
                    + call.parameters().getClass().getSimpleName());
        }
    }
}
