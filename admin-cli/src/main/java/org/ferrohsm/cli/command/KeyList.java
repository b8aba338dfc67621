// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key list}. */
@Command(name = "list", description = "lists the keys of a token")
public final class KeyList extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Mixin
    KeyChoice keys = new KeyChoice();

    @Option(names = "--public", description = "list public keys only, without a PIN")
    boolean publicOnly;

    KeyList(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = publicOnly ? hsm.session(token) : pin.login(invocation, hsm, token);
            List<StoredKey> found = keys.all(hsm, session);
            invocation
                    .output()
                    .table(
                            List.of("class", "type", "label", "id", "usage"),
                            found.stream().map(StoredKey::fields).toList());
            if (found.isEmpty()) {
                invocation.remark("The token with " + token.described() + " has no such key.");
            }
        }
        return ExitCode.OK;
    }
}
