// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import org.ferrohsm.cli.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code approval list}. */
@Command(name = "list", description = "lists the requests that wait to be decided or used")
public final class ApprovalList extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    ApprovalList(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            invocation
                    .output()
                    .table(
                            List.of("id", "state", "what", "requester", "quorum", "approvedBy", "until"),
                            hsm.runtime().governance().requests(hsm.id(choice.in(hsm))).stream()
                                    .map(RequestText::row)
                                    .toList());
        }
        return ExitCode.OK;
    }
}
