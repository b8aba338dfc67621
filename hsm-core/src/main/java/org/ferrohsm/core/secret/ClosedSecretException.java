// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.secret;

/** Secret bytes were asked for after their owner had wiped them: a logout or a destruction came first. */
public final class ClosedSecretException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClosedSecretException() {
        super("secret bytes used after close");
    }
}
