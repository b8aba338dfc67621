// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

/** A row was not as its writer assumed; the transaction is undone and may be tried again on fresh data. */
public final class StoreConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** A conflict that names the row. */
    public StoreConflictException(String message) {
        super(Kind.CONFLICT, message, null);
    }
}
