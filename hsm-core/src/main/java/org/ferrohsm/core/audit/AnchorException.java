// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import org.jspecify.annotations.Nullable;

/** An anchor could not be reached or did not do its part; to be tried again later. */
public final class AnchorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was wrong. */
    public AnchorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
