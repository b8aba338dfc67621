// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import picocli.CommandLine.Option;

/** Asks before what cannot be undone. */
public final class Confirmation {
    @Option(names = "--yes", description = "do not ask before destroying something")
    boolean yes;

    /** Goes on only if the operator agrees to {@code deed}, e.g. {@code destroy the key ...}. */
    public void require(Terminal terminal, String deed) {
        if (yes) {
            return;
        }
        String answer = terminal.line("This will " + deed + ". Type yes to go on: ")
                .orElseThrow(() -> new CliException(
                        ExitCode.CANCELLED,
                        "this would " + deed + ", and there is no terminal to ask at: add --yes if that is wanted"));
        if (!answer.strip().equals("yes")) {
            throw new CliException(ExitCode.CANCELLED, "nothing has been changed");
        }
    }
}
