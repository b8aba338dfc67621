// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A running digest. Not for several threads at once. */
public interface Digester {
    void update(byte[] data, int offset, int length);

    /** The digest of all that was taken in; the digester is used up. */
    byte[] digest();

    /** The digest's length in bytes. */
    int length();
}
