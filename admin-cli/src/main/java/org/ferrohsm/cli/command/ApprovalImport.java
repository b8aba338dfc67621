// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Vote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code approval import}. */
@Command(name = "import", description = "takes a verdict that `approval sign` has written")
public final class ApprovalImport extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Parameters(paramLabel = "FILE", description = "the signed verdict")
    Path file = Path.of("");

    ApprovalImport(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        Armour.Content content = Armour.VOTE.read(TextFile.text(file));
        try (Hsm hsm = invocation.open()) {
            Dossier after = hsm.runtime()
                    .governance()
                    .vote(hsm.id(choice.in(hsm)), UUID.fromString(content.id()), vote(content.bytes()));
            String state = after.state().name().toLowerCase(Locale.ROOT);
            invocation
                    .output()
                    .statement(
                            "Request " + content.id() + " is " + state + ".",
                            Map.of("id", content.id(), "state", state));
        }
        return ExitCode.OK;
    }

    private static Vote vote(byte[] bytes) {
        try {
            return Vote.decode(bytes);
        } catch (CborException e) {
            throw new CliException(ExitCode.INVALID, "the verdict is damaged: " + e.getMessage());
        }
    }
}
