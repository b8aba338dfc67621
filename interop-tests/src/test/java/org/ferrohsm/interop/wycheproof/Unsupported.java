// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

/** The provider does not have what the vectors of a group are about. */
final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported(String message) {
        super(message);
    }

    Unsupported(Exception cause) {
        super(cause);
    }
}
