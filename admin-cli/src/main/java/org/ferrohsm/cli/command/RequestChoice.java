// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import java.util.UUID;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.approval.Dossier;
import picocli.CommandLine.Parameters;

/** The argument that says which request. */
final class RequestChoice {
    @Parameters(paramLabel = "REQUEST", description = "its id, or the beginning of an open one's")
    String id = "";

    Dossier in(Hsm hsm, UUID token) {
        List<Dossier> open = hsm.runtime().governance().requests(token).stream()
                .filter(dossier -> dossier.request().id().toString().startsWith(id))
                .toList();
        if (open.size() > 1) {
            throw new CliException(ExitCode.AMBIGUOUS, "more than one request begins with " + id + ": give more of it");
        }
        if (open.size() == 1) {
            return open.get(0);
        }
        try {
            return hsm.runtime()
                    .governance()
                    .request(token, UUID.fromString(id))
                    .orElseThrow(this::unknown);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private CliException unknown() {
        return new CliException(
                ExitCode.NOT_FOUND,
                "there is no request " + id + "; `ferrohsm approval list` shows those that are open");
    }
}
