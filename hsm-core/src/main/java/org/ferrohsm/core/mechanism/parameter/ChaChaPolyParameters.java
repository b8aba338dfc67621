// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_SALSA20_CHACHA20_POLY1305_PARAMS.
 *
 * @param nonce 12 or 24 bytes
 * @param aad additional data
 */
public record ChaChaPolyParameters(byte[] nonce, byte[] aad) implements AeadParameters {
    /** Poly1305 has one length. */
    @Override
    public long tagBits() {
        return 128;
    }
}
