// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.input.TokenChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which token. */
final class TokenOption {
    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "label, serial or slot:N (may be left out where there is one token)")
    @Nullable
    String token;

    /** The token that is meant. */
    Token in(Hsm hsm) {
        return TokenChoice.of(token, hsm.tokens());
    }
}
