// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}. */
@Command(name = "completion", description = "prints a script that lets a shell complete this command")
public final class Completion extends Verb {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash (zsh takes the same after `autoload bashcompinit`)")
    String shell = "";

    Completion(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        if (!shell.equals("bash")) {
            throw new CliException(
                    ExitCode.USAGE, "there is no completion for " + shell + ": say `ferrohsm completion bash`");
        }
        invocation.out().println(AutoComplete.bash("ferrohsm", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
