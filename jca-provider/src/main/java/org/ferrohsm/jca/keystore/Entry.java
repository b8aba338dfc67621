// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import org.jspecify.annotations.Nullable;

/**
 * What stands under one alias. At least one of key and certificate is there.
 *
 * @param key the private or secret key
 * @param certificate the certificate of that key, or a certificate for itself
 */
record Entry(@Nullable Item key, @Nullable Item certificate) {
    /** The item that the entry is named after. */
    Item named() {
        if (key != null) {
            return key;
        }
        if (certificate != null) {
            return certificate;
        }
        throw new IllegalStateException("an entry of nothing");
    }
}
