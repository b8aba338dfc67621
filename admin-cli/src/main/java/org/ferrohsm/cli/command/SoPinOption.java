// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import org.ferrohsm.cli.input.Token;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that gives the SO PIN. */
final class SoPinOption {
    @Option(
            names = "--so-pin",
            paramLabel = "SOURCE",
            description = "the SO PIN: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String pin;

    /** A session with the token in which the SO has logged in. */
    Session login(Invocation invocation, Hsm hsm, Token token) {
        try (SecretBytes secret =
                invocation.pins().current(pin, "SO PIN of " + token.info().label(), "--so-pin")) {
            return hsm.login(token, Cku.CKU_SO, secret);
        }
    }
}
