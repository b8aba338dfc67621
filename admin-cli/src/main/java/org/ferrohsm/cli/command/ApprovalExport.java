// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.approval.Dossier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approval export}. */
@Command(name = "export", description = "writes a request to a file, for an approver on another machine")
public final class ApprovalExport extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    RequestChoice request = new RequestChoice();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "a new file")
    Path out = Path.of("");

    ApprovalExport(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            UUID token = hsm.id(choice.in(hsm));
            Dossier dossier = request.in(hsm, token);
            String id = dossier.request().id().toString();
            TextFile.write(out, Armour.REQUEST.write(id, dossier.request().encode()), false);
            invocation.output().statement("Wrote request " + id + " to " + out + ".", Map.of("id", id));
        }
        return ExitCode.OK;
    }
}
