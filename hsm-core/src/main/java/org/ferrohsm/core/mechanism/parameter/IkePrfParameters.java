// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.object.HsmObject;

/**
 * CK_IKE_PRF_DERIVE_PARAMS.
 *
 * @param prf CKM_* of the pseudorandom function
 * @param dataAsKey whether the nonces are the key and the base key the data
 * @param rekey whether a new secret goes in first
 * @param initiator the initiator's nonce
 * @param responder the responder's nonce
 * @param newKeyHandle the new secret's handle
 * @param keys that secret once it is opened
 */
public record IkePrfParameters(
        long prf,
        boolean dataAsKey,
        boolean rekey,
        byte[] initiator,
        byte[] responder,
        long newKeyHandle,
        List<HsmObject> keys)
        implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return rekey ? List.of(newKeyHandle) : List.of();
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> opened) {
        return new IkePrfParameters(prf, dataAsKey, rekey, initiator, responder, newKeyHandle, opened);
    }
}
