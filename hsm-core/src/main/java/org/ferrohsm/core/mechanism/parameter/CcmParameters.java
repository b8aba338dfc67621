// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_CCM_PARAMS.
 *
 * @param dataLength length of the plaintext in bytes
 * @param nonce 7 to 13 bytes
 * @param aad additional data
 * @param macBytes length of the MAC in bytes
 */
public record CcmParameters(long dataLength, byte[] nonce, byte[] aad, long macBytes) implements AeadParameters {
    private static final long MOST_BYTES = 16;

    /** That of the longest MAC there is where a longer one is asked for. */
    @Override
    public long tagBits() {
        return Long.compareUnsigned(macBytes, MOST_BYTES) > 0 ? Byte.SIZE * MOST_BYTES : Byte.SIZE * macBytes;
    }
}
