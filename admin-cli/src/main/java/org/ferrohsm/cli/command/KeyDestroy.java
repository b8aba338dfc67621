// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.cli.input.Confirmation;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code key destroy}. */
@Command(name = "destroy", description = "destroys a key, or both halves of a pair, for good")
public final class KeyDestroy extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Mixin
    KeyChoice key = new KeyChoice();

    @Mixin
    Confirmation confirmation = new Confirmation();

    KeyDestroy(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            List<StoredKey> halves = key.one(hsm, session);
            String what = halves.stream().map(StoredKey::described).collect(Collectors.joining(" and "));
            confirmation.require(invocation.terminal(), "destroy " + what + " in the token with " + token.described());
            halves.forEach(half -> hsm.runtime().objects().destroy(session, half.handle()));
            invocation
                    .output()
                    .statement(
                            "Destroyed " + what + ".",
                            Map.of(
                                    "destroyed",
                                    halves.stream().map(StoredKey::fields).toList()));
        }
        return ExitCode.OK;
    }
}
