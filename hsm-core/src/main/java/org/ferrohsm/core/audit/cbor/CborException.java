// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit.cbor;

/** Bytes that are not the deterministic encoding of a value of {@link CborValue}. */
public final class CborException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal that says what was wrong. */
    public CborException(String message) {
        super(message);
    }
}
