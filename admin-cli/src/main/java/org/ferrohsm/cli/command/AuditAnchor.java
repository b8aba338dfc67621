// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Anchoring;
import picocli.CommandLine.Command;

/** {@code audit anchor}. */
@Command(
        name = "anchor",
        description = "makes a checkpoint, takes it to the anchors of the configuration, and shows how each fares")
public final class AuditAnchor extends Verb {
    private static final List<String> COLUMNS = List.of("name", "records", "pending", "dropped", "away");

    AuditAnchor(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        boolean complete = true;
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Hsm hsm = invocation.open()) {
            if (hsm.runtime().config().anchors().isBlank()) {
                throw new CliException(
                        ExitCode.NOT_FOUND,
                        "no anchor is configured: name some with audit.anchors (docs/configuration.md)");
            }
            hsm.runtime().checkpoints().make();
            for (Anchoring.Status status : hsm.runtime().anchoring().deliver()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", status.name());
                row.put("records", status.keptSize());
                row.put("pending", status.pending());
                row.put("dropped", status.dropped());
                if (status.problem() != null) {
                    row.put("away", Instant.ofEpochMilli(status.awaySince()).toString());
                    row.put("problem", status.problem());
                    invocation.remark(status.name() + ": " + status.problem());
                }
                complete &= status.pending() == 0;
                rows.add(row);
            }
        }
        invocation.output().table(COLUMNS, rows);
        return complete ? ExitCode.OK : ExitCode.ANCHOR_AWAY;
    }
}
