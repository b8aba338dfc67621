// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.service.AuditEvidence;
import org.ferrohsm.core.service.AuditService;
import org.ferrohsm.core.service.ProofService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit prove}. */
@Command(
        name = "prove",
        description = {
            "proves to somebody who sees no other record that one is in the log",
            "With --check: ends with 0, 61 if the log's key has not signed the checkpoint, 62 if it does not cover the record."
        })
public final class AuditProve implements Callable<Integer> {
    private final Invocation invocation;

    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "prove by this checkpoint, e.g. one that the other side has (else by the log's newest)")
    @Nullable
    Path checkpoint;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "prove from what `audit export` wrote, not the store; segments oldest first")
    List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "write the proof to this new file")
    @Nullable
    Path out;

    @Option(
            names = "--checkpoint-keys",
            paramLabel = "FILE",
            description = "the log's keys, as `audit checkpoint --keys` printed them; needed with --check")
    @Nullable
    Path keys;

    /** What is asked for. */
    static final class What {
        @Option(names = "--record", paramLabel = "SEQ", description = "the number of the record to prove")
        long record = -1;

        @Option(names = "--check", paramLabel = "FILE", description = "check this proof; needs no store")
        @Nullable
        Path check;
    }

    AuditProve(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        return what.check == null ? prove() : check(what.check);
    }

    private int prove() throws IOException {
        String note = checkpoint == null ? null : text(checkpoint);
        String proof;
        if (files.isEmpty()) {
            try (HsmAudit audit = HsmAudit.open(invocation.config())) {
                proof = audit.service().prove(what.record, note).format();
            }
        } else {
            proof = AuditService.proveExport(files, what.record, note).format();
        }
        if (out == null) {
            invocation.output().statement(proof.stripTrailing(), Map.of("seq", what.record, "proof", proof));
        } else {
            try {
                Files.writeString(out, proof, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new CliException(
                        ExitCode.USAGE, "cannot write " + out + ": name a new file in a folder that you may write to");
            }
            invocation
                    .output()
                    .statement(
                            "Wrote the proof of record " + what.record + " to " + out + ".",
                            Map.of("seq", what.record, "file", out.toString()));
        }
        return ExitCode.OK.code();
    }

    private int check(Path proof) {
        if (keys == null) {
            throw new CliException(ExitCode.USAGE, "give the log's keys with --checkpoint-keys");
        }
        ProofService.Result result = ProofService.check(text(proof), AuditEvidence.keys(keys));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ok", result.verdict() == ProofService.Verdict.RIGHT);
        if (result.record() != null) {
            fields.put("record", result.record().view());
        }
        fields.put("detail", result.detail());
        invocation
                .output()
                .statement(
                        result.verdict() == ProofService.Verdict.RIGHT && result.record() != null
                                ? "OK: this record is in log " + result.record().log() + ":\n"
                                        + AuditShow.line(AuditShow.view(result.record()))
                                : "REFUSED: " + result.detail() + ".",
                        fields);
        return switch (result.verdict()) {
            case RIGHT -> ExitCode.OK.code();
            case CHECKPOINT_INVALID -> Damage.CHECKPOINT_INVALID.exitCode();
            case NOT_INCLUDED -> Damage.CHECKPOINT_MISMATCH.exitCode();
        };
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "cannot read " + path + ": check its path and mode");
        }
    }
}
