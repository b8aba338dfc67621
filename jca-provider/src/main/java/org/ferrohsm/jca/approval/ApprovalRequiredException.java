// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.approval;

import java.security.ProviderException;
import java.util.UUID;

/** The token's policy wants approval for an operation, and a request waits for it; the same call succeeds once it has it. */
public final class ApprovalRequiredException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final UUID request;

    /** For a request. */
    public ApprovalRequiredException(UUID request, String message) {
        super(message);
        this.request = request;
    }

    /** The request's id, for {@code ferrohsm approval show}. */
    public UUID request() {
        return request;
    }
}
