// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Map;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.service.AuditService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit export}. */
@Command(name = "export", description = "writes the audit log to a file, for `audit verify --file` elsewhere")
public final class AuditExport extends Verb {
    @Parameters(paramLabel = "FILE", description = "a file that does not exist yet")
    Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "for another program, which cannot verify it: ${COMPLETION-CANDIDATES}")
    @Nullable
    RecordFormat format;

    @Option(names = "--from", paramLabel = "SEQ", description = "a segment that begins with record number SEQ")
    long from;

    @Option(names = "--before", paramLabel = "SEQ", description = "a segment that ends before record number SEQ")
    long before = Long.MAX_VALUE;

    AuditExport(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (HsmAudit audit = HsmAudit.open(invocation.config());
                Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            if (format == null) {
                audit.service().export(from, before, writer);
            } else {
                write(audit.service().from(from), format, writer);
            }
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE, "cannot write " + file + ": name a new file in a folder that you may write to");
        }
        invocation.output().statement("Wrote the audit log to " + file + ".", Map.of("file", file.toString()));
        return ExitCode.OK;
    }

    /** What cannot be read is left out of these formats, and said to be: `audit verify` tells what it is. */
    private void write(Iterator<AuditService.Entry> entries, RecordFormat chosen, Writer writer) throws IOException {
        while (entries.hasNext()) {
            AuditService.Entry entry = entries.next();
            if (entry.seq() >= before) {
                return;
            }
            if (entry.record() == null) {
                invocation.remark("Record " + entry.seq() + " cannot be read and was left out.");
            } else {
                writer.write(chosen.line(entry.record()) + "\n");
            }
        }
    }
}
