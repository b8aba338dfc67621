// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A running signature or MAC. Not for several threads at once. */
public interface Signer {
    /**
     * Takes in a part of the data.
     *
     * @throws org.ferrohsm.core.fault.HsmException DATA_LEN_RANGE as soon as the data are too long for the mechanism
     */
    void update(byte[] data, int offset, int length);

    /** The signature over all that was taken in; the signer is used up. */
    byte[] sign();

    /** The signature's length in bytes, known in advance. */
    int signatureLength();
}
