// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.VerifyReport;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.service.AuditEvidence;
import org.ferrohsm.core.service.AuditService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit verify}; ends with the code of the {@link org.ferrohsm.core.audit.Damage} that it finds. */
@Command(
        name = "verify",
        description = {
            "checks that the audit log is as it was written, and names the first record that is not",
            "Ends with 0, or with 40 to 63 by the kind of damage (docs/spec/audit.md)."
        })
public final class AuditVerify implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 10_000;

    private final Invocation invocation;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "the log's verification key (else the one in the folder audit.key.folder, if it is still there)")
    @Nullable
    Path key;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "verify what `audit export` wrote, not the store; segments oldest first")
    List<Path> files = new ArrayList<>();

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "checkpoints kept elsewhere, oldest first; the log must be the one that they tell of")
    List<Path> anchors = new ArrayList<>();

    @Option(
            names = "--checkpoint-keys",
            paramLabel = "FILE",
            description =
                    "the keys that must have signed checkpoints, as `audit checkpoint --keys` printed them (else those"
                            + " that the log names)")
    @Nullable
    Path checkpointKeys;

    AuditVerify(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (!files.isEmpty()) {
            String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
            VerifyReport report = AuditService.verifyExport(files, evidence(key), progress());
            return tell(report, "the log in " + names, key, names + " is an export");
        }
        try (HsmAudit audit = HsmAudit.open(invocation.config())) {
            Path used = key == null ? audit.service().keyFile() : key;
            if (used == null && audit.service().last().isEmpty()) {
                throw new CliException(ExitCode.NOT_FOUND, "the store has no audit log yet: nothing can be verified");
            }
            VerifyReport report = audit.service().verify(evidence(used), progress());
            return tell(report, "the audit log", used, audit.stateUnknown());
        }
    }

    private AuditEvidence evidence(@Nullable Path used) {
        return new AuditEvidence(used, checkpointKeys, anchors);
    }

    private int tell(VerifyReport report, String what, @Nullable Path used, @Nullable String stateUnknown) {
        clearProgress();
        Map<String, Object> fields = fields(report);
        fields.put("stateCompared", stateUnknown == null);
        StringBuilder text = new StringBuilder();
        VerifyReport.Finding finding = report.finding();
        if (finding == null) {
            text.append("OK: ")
                    .append(what)
                    .append(" is as it was written, ")
                    .append(report.count())
                    .append(" records, ")
                    .append(report.checkpoints())
                    .append(" checkpoints.");
        } else {
            text.append("DAMAGED: record ")
                    .append(finding.seq())
                    .append(" of ")
                    .append(what)
                    .append(": ")
                    .append(finding.damage().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(": ")
                    .append(finding.detail())
                    .append(".\nThe ")
                    .append(report.count())
                    .append(" records before it are as they were written.");
        }
        if (used == null) {
            text.append("\nNo MAC was checked: give the verification key with --key.");
        }
        if (stateUnknown != null) {
            text.append("\nThe tokens' state was not compared with the log: ").append(stateUnknown);
        }
        invocation.output().statement(text.toString(), fields);
        return report.exitCode();
    }

    private static Map<String, Object> fields(VerifyReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ok", report.isOk());
        if (report.log() != null) {
            fields.put("log", report.log().toString());
        }
        fields.put("records", report.count());
        fields.put("head", HexFormat.of().formatHex(report.headHash()));
        fields.put("openLeases", report.openLeases());
        fields.put("checkpoints", report.checkpoints());
        if (report.macsCheckedFrom() != null) {
            fields.put("macsCheckedFrom", report.macsCheckedFrom());
        }
        VerifyReport.Finding finding = report.finding();
        if (finding != null) {
            fields.put("damage", finding.damage().name());
            fields.put("seq", finding.seq());
            fields.put("detail", finding.detail());
        }
        return fields;
    }

    private LongConsumer progress() {
        if (!invocation.terminal().isWatched()) {
            return count -> {};
        }
        return count -> {
            if (count % PROGRESS_EVERY == 0) {
                invocation.err().print("\r" + count + " records");
                invocation.err().flush();
            }
        };
    }

    private void clearProgress() {
        if (invocation.terminal().isWatched()) {
            invocation.err().print("\r\033[K");
            invocation.err().flush();
        }
    }
}
