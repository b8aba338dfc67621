// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A running verification. Not for several threads at once. */
public interface Verifier {
    /** Takes in a part of the data. */
    void update(byte[] data, int offset, int length);

    /**
     * Checks the signature over all that was taken in; the verifier is used up.
     *
     * @throws org.ferrohsm.core.fault.HsmException SIGNATURE_INVALID, or SIGNATURE_LEN_RANGE if its length alone tells
     */
    void verify(byte[] signature);
}
