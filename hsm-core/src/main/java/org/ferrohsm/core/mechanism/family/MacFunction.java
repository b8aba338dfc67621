// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.secret.SecretBytes;

/** A MAC under one key. After {@link #finish} it is ready for the next data. Not for several threads at once. */
interface MacFunction {
    void update(byte[] data, int offset, int length);

    default void update(SecretBytes data) {
        data.use(bytes -> {
            update(bytes, 0, bytes.length);
            return bytes.length;
        });
    }

    /** The whole MAC over what was taken in. */
    byte[] finish();
}
