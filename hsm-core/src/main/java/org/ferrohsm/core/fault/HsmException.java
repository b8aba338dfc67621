// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.fault;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that hsm-core throws on purpose. The fault goes to the caller as a code; the detail, which never
 * holds secret bytes, goes to people: logs, the command line, Java callers.
 */
public final class HsmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    HsmException(Fault fault, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.fault = fault;
    }

    /** What went wrong. */
    public Fault fault() {
        return fault;
    }
}
