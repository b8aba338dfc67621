// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import org.jspecify.annotations.Nullable;

/** The store could not do its work; the message says what was wrong and what to do. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure, so that the caller can answer with the right code. */
    public enum Kind {
        /** The file is no FerroHSM store, or it is damaged. */
        DAMAGED,
        /** The place cannot be opened or written: permissions, a missing folder, a read-only volume. */
        INACCESSIBLE,
        /** No space is left. */
        FULL,
        /** Another process held the store for too long. */
        BUSY,
        /** The store has been closed. */
        CLOSED,
        /** The row is not as the caller assumed. */
        CONFLICT
    }

    private final Kind kind;

    /** A failure with its cause, if another exception brought it to light. */
    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure this is. */
    public Kind kind() {
        return kind;
    }
}
