// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import picocli.CommandLine.Command;

/** {@code token list}. */
@Command(name = "list", description = "lists the tokens")
public final class TokenList extends Verb {
    TokenList(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            List<Token> tokens = hsm.tokens();
            invocation
                    .output()
                    .table(
                            List.of("slot", "label", "serial", "userPin", "soPin"),
                            tokens.stream().map(Token::fields).toList());
            List<Long> damaged = hsm.damagedSlots();
            if (!damaged.isEmpty()) {
                invocation.remark(
                        "The tokens in slots " + damaged + " are damaged: `ferrohsm doctor` says what to do.");
            } else if (tokens.isEmpty()) {
                invocation.remark("The store has no token yet: make one with `ferrohsm token init --label NAME`.");
            }
        }
        return ExitCode.OK;
    }
}
