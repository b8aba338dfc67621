// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;

/** Reads the parameter of one layout, whose presence has been read already. */
@FunctionalInterface
interface ParameterReader {
    MechanismParameters read(WireReader in);
}
