// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.object.HsmObject;

/** Parameters that name further keys by their handles. Who knows the handles puts the keys in before a family sees them. */
public interface KeyedParameters extends MechanismParameters {
    /** The handles, in the order of the fields. */
    List<Long> keyHandles();

    /** The same with these keys, one for each handle. */
    MechanismParameters withKeys(List<HsmObject> keys);
}
