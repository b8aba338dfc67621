// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.object.HsmObject;

/**
 * CK_IKE2_PRF_PLUS_DERIVE_PARAMS and CK_IKE1_EXTENDED_DERIVE_PARAMS.
 *
 * @param prf CKM_* of the pseudorandom function
 * @param hasKey whether a key goes in before the data
 * @param keyHandle that key's handle
 * @param data the data
 * @param keys that key once it is opened
 */
public record IkeExpansionParameters(long prf, boolean hasKey, long keyHandle, byte[] data, List<HsmObject> keys)
        implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return hasKey ? List.of(keyHandle) : List.of();
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> opened) {
        return new IkeExpansionParameters(prf, hasKey, keyHandle, data, opened);
    }
}
