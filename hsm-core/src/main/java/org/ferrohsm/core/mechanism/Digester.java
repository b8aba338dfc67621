// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.jspecify.annotations.Nullable;

/** A running digest. Not for several threads at once. */
public interface Digester {
    void update(byte[] data, int offset, int length);

    /** The digest of all that was taken in; the digester is used up. */
    byte[] digest();

    /** An independent digester that has taken in the same; null where that cannot be had. */
    default @Nullable Digester copy() {
        return null;
    }

    /** The digest's length in bytes. */
    int length();
}
