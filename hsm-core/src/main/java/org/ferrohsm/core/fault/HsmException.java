// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.fault;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that hsm-core throws on purpose. The fault goes to the caller as a code; the detail, which never
 * holds secret bytes, goes to people: logs, the command line, Java callers.
 */
public final class HsmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final @Nullable UUID request;

    HsmException(Fault fault, String detail, @Nullable Throwable cause, @Nullable UUID request) {
        super(detail, cause);
        this.fault = fault;
        this.request = request;
    }

    /** The request for approval that waits because of this, null if none does. */
    public @Nullable UUID request() {
        return request;
    }

    /** What went wrong. */
    public Fault fault() {
        return fault;
    }
}
