// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Checkpoints;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.SignedNote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit checkpoint}. */
@Command(
        name = "checkpoint",
        description = "signs how many records there are and what they are; keep what it prints elsewhere")
public final class AuditCheckpoint extends Verb {
    @Option(names = "--keys", description = "print the keys by which checkpoints are verified instead")
    boolean keys;

    AuditCheckpoint(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Checkpoints checkpoints = hsm.runtime().checkpoints();
            SignedNote note = checkpoints.make();
            List<String> texts =
                    checkpoints.publicKeys().stream().map(NoteKey::text).toList();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("checkpoint", note.format());
            fields.put("keys", texts);
            String text = keys ? String.join("\n", texts) : note.format().stripTrailing();
            invocation.output().statement(text, fields);
        }
        return ExitCode.OK;
    }
}
