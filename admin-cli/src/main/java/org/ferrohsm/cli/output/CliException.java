// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

/** The command cannot go on; the message is one sentence that says what to do. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;

    /** Ends the command with {@code exit}. */
    public CliException(ExitCode exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** How the command ends. */
    public ExitCode exit() {
        return exit;
    }
}
