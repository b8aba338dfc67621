// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/**
 * CK_OBJECT_HANDLE of CKM_CONCATENATE_BASE_AND_KEY.
 *
 * @param handle the other key's handle
 * @param key that key once it is opened
 */
public record OtherKeyParameters(long handle, @Nullable HsmObject key) implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return List.of(handle);
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> keys) {
        return new OtherKeyParameters(handle, keys.get(0));
    }
}
