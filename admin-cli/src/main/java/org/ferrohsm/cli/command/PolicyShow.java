// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.InForce;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy show}. */
@Command(name = "show", description = "prints the policy that is in force")
public final class PolicyShow extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    PolicyShow(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            InForce inForce = present(hsm, choice);
            String text = new String(inForce.text(), StandardCharsets.UTF_8);
            invocation
                    .output()
                    .statement(
                            text.stripTrailing(),
                            Map.of(
                                    "version",
                                    inForce.policy().version(),
                                    "digest",
                                    HexFormat.of().formatHex(inForce.hash()),
                                    "text",
                                    text));
        }
        return ExitCode.OK;
    }

    static InForce present(Hsm hsm, TokenOption choice) {
        return hsm.runtime()
                .governance()
                .inForce(hsm.id(choice.in(hsm)))
                .orElseThrow(() -> new CliException(ExitCode.NOT_FOUND, "no policy is in force for this token"));
    }
}
