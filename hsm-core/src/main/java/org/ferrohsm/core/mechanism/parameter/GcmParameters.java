// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_GCM_PARAMS.
 *
 * @param iv initialisation vector
 * @param aad additional authenticated data, empty if there is none
 * @param tagBits length of the tag in bits
 */
public record GcmParameters(byte[] iv, byte[] aad, long tagBits) implements AeadParameters {
    @Override
    public byte[] nonce() {
        return iv;
    }
}
