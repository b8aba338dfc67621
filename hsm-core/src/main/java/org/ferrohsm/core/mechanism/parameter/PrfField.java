// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/**
 * CK_PRF_DATA_PARAM, one field of what goes into a pseudorandom function.
 *
 * @param type CK_SP800_108_*
 * @param bytes the value of a byte array
 * @param littleEndian order of the bytes of a counter or length
 * @param widthBits width in bits of a counter or length; 0 where the structure gives no format
 * @param lengthMethod CK_SP800_108_DKM_LENGTH_*
 * @param keyHandle handle of a key whose value goes in
 * @param key that key once it is opened
 */
public record PrfField(
        long type,
        byte[] bytes,
        boolean littleEndian,
        long widthBits,
        long lengthMethod,
        long keyHandle,
        @Nullable HsmObject key) {
    /** The same with its key. */
    PrfField withKey(HsmObject opened) {
        return new PrfField(type, bytes, littleEndian, widthBits, lengthMethod, keyHandle, opened);
    }
}
