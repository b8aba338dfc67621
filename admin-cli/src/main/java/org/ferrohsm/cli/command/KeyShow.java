// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Map;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code key show}. */
@Command(name = "show", description = "shows a key, and of a pair the private half with the public key in PEM")
public final class KeyShow extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Mixin
    KeyChoice key = new KeyChoice();

    KeyShow(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            Map<String, Object> fields = key.one(hsm, session).get(0).allFields();
            fields.put("token", token.info().serial());
            invocation.output().details(fields);
        }
        return ExitCode.OK;
    }
}
