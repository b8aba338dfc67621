// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

/** Text that is not a note, checkpoint or proof of its format, or whose signature is not right. */
public final class NoteException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A refusal that says what was wrong. */
    public NoteException(String message) {
        super(message);
    }
}
