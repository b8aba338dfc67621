// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.List;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/**
 * CK_HKDF_PARAMS.
 *
 * @param extract whether to extract
 * @param expand whether to expand
 * @param hash CKM_* of the hash, or of its HMAC
 * @param saltType CKF_HKDF_SALT_*
 * @param salt the salt where it is given as data
 * @param saltHandle the salt's handle where it is a key
 * @param saltKey that key once it is opened
 * @param info context of the expansion
 */
public record HkdfParameters(
        boolean extract,
        boolean expand,
        long hash,
        long saltType,
        byte[] salt,
        long saltHandle,
        @Nullable HsmObject saltKey,
        byte[] info)
        implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return saltType == Ckf.CKF_HKDF_SALT_KEY ? List.of(saltHandle) : List.of();
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> keys) {
        return keys.isEmpty()
                ? this
                : new HkdfParameters(extract, expand, hash, saltType, salt, saltHandle, keys.get(0), info);
    }
}
