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

/** {@code token set-pin}. */
@Command(name = "set-pin", description = "changes a PIN by whoever knows it")
public final class TokenSetPin extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Option(names = "--so", description = "change the security officer's PIN instead of the user's")
    boolean officer;

    @Option(
            names = "--pin",
            paramLabel = "SOURCE",
            description = "the PIN as it is: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String pin;

    @Option(
            names = "--new-pin",
            paramLabel = "SOURCE",
            description = "the PIN as it shall be: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String newPin;

    TokenSetPin(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        String whose = officer ? "SO PIN" : "user PIN";
        PinSource pins = invocation.pins();
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            try (SecretBytes before = pins.current(pin, whose, "--pin");
                    SecretBytes after = pins.fresh(newPin, whose, "--new-pin")) {
                Session session = hsm.login(token, officer ? Cku.CKU_SO : Cku.CKU_USER, before);
                hsm.runtime().sessions().setPin(session, before, after);
            }
            Token changed = hsm.token(token.slot());
            invocation
                    .output()
                    .statement(
                            "Changed the " + whose + " of the token with " + token.described() + ".", changed.fields());
        }
        return ExitCode.OK;
    }
}
