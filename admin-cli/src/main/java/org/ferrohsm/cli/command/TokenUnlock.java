// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import org.ferrohsm.cli.input.PinSource;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token unlock}. */
@Command(
        name = "unlock",
        description = "sets the user PIN as security officer: when it is locked, forgotten, or not set yet")
public final class TokenUnlock extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Option(
            names = "--so-pin",
            paramLabel = "SOURCE",
            description = "the security officer's PIN: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String soPin;

    @Option(
            names = "--new-pin",
            paramLabel = "SOURCE",
            description = "the user PIN to be set: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String newPin;

    TokenUnlock(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        PinSource pins = invocation.pins();
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            try (SecretBytes officer = pins.current(soPin, "SO PIN", "--so-pin");
                    SecretBytes user = pins.fresh(newPin, "user PIN", "--new-pin")) {
                Session session = hsm.login(token, Cku.CKU_SO, officer);
                hsm.runtime().sessions().initPin(session, user);
            }
            Token unlocked = hsm.token(token.slot());
            invocation
                    .output()
                    .statement("Set the user PIN of the token with " + token.described() + ".", unlocked.fields());
        }
        return ExitCode.OK;
    }
}
