// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A running encryption or decryption. Not for several threads at once. */
public interface CipherStream {
    /** The most that {@link #update} would give for so many bytes more. */
    int updateSize(int inputLength);

    /** The most that {@link #finish} would give for so many bytes more. */
    int finishSize(int inputLength);

    /** Whether the sizes are exact and not only bounds. */
    boolean sizesExact();

    /** Takes in a part and gives what is ready; an authenticated decryption gives nothing before its end. */
    byte[] update(byte[] input, int offset, int length);

    /**
     * Takes in the last part (perhaps empty) and gives the rest; the stream is used up.
     *
     * @throws org.ferrohsm.core.fault.HsmException DATA_LEN_RANGE, ENCRYPTED_DATA_LEN_RANGE, ENCRYPTED_DATA_INVALID
     */
    byte[] finish(byte[] input, int offset, int length);
}
