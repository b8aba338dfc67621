// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Map;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code approver remove}. */
@Command(name = "remove", description = "takes an approver away; what the key has approved counts no more")
public final class ApproverRemove extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    SoPinOption pin = new SoPinOption();

    @Parameters(paramLabel = "NAME", description = "the approver")
    String name = "";

    ApproverRemove(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            hsm.runtime().governance().remove(session, name);
        }
        invocation.output().statement(name + " is no approver any more.", Map.of("approver", name));
        return ExitCode.OK;
    }
}
