// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.object.HsmObject;

/**
 * CK_IKE1_PRF_DERIVE_PARAMS.
 *
 * @param prf CKM_* of the pseudorandom function
 * @param hasPrevious whether the key before this one goes in first
 * @param agreedHandle handle of the agreed secret
 * @param previousHandle handle of the key before this one
 * @param initiator the initiator's cookie
 * @param responder the responder's cookie
 * @param number the key's number
 * @param keys once they are opened: the agreed secret, and the key before this one
 */
public record Ike1PrfParameters(
        long prf,
        boolean hasPrevious,
        long agreedHandle,
        long previousHandle,
        byte[] initiator,
        byte[] responder,
        byte number,
        List<HsmObject> keys)
        implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return hasPrevious ? List.of(agreedHandle, previousHandle) : List.of(agreedHandle);
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> opened) {
        return new Ike1PrfParameters(
                prf, hasPrevious, agreedHandle, previousHandle, initiator, responder, number, opened);
    }
}
