// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Map;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy apply}. */
@Command(
        name = "apply",
        description = {
            "puts a policy in force, with the approval of its own quorum, or of that of the policy before",
            "The first call opens the request; repeated once it is approved, it takes effect."
        })
public final class PolicyApply extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    SoPinOption pin = new SoPinOption();

    @Mixin
    PolicyFile policy = new PolicyFile();

    PolicyApply(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        byte[] text = policy.text();
        try (Hsm hsm = invocation.open()) {
            long version = hsm.runtime().governance().check(text).version();
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            hsm.runtime().governance().apply(session, text);
            invocation
                    .output()
                    .statement(
                            "Version " + version + " of the policy is in force for the token with " + token.described()
                                    + ".",
                            Map.of("version", version));
        }
        return ExitCode.OK;
    }
}
