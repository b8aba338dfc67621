// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy check}. */
@Command(name = "check", description = "says whether a file is a policy, and where it is not")
public final class PolicyCheck extends Verb {
    @Mixin
    PolicyFile policy = new PolicyFile();

    PolicyCheck(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            PolicyDocument read = hsm.runtime().governance().check(policy.text());
            invocation
                    .output()
                    .statement(
                            policy.file + " is a policy: version " + read.version() + ", "
                                    + read.rules().size() + " rules; what no rule covers is "
                                    + (read.allowsByDefault() ? "allowed" : "denied") + ".",
                            Map.of(
                                    "version",
                                    read.version(),
                                    "rules",
                                    read.rules().size()));
        }
        return ExitCode.OK;
    }
}
