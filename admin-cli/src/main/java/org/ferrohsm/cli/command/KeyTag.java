// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key tag}. */
@Command(name = "tag", description = "gives a private or secret key other policy tags, with the policy's own quorum")
public final class KeyTag extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Mixin
    KeyChoice key = new KeyChoice();

    @Option(names = "--tags", required = true, paramLabel = "TAGS", description = "all its tags, separated by commas")
    String tags = "";

    KeyTag(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            List<StoredKey> halves = key.one(hsm, session);
            for (StoredKey half : halves) {
                if (half.keyClass() != Cko.CKO_PUBLIC_KEY) {
                    hsm.runtime().objects().retag(session, half.handle(), tags);
                    invocation
                            .output()
                            .statement(
                                    half.described() + " has the policy tags " + tags + ".",
                                    Map.of("policyTags", tags));
                }
            }
        }
        return ExitCode.OK;
    }
}
