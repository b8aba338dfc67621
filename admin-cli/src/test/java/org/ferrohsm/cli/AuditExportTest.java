// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.junit.jupiter.api.Test;

/** What leaves the log: exports, checkpoints, proofs, and what others make of them. */
class AuditExportTest extends CliTest {
    @Test
    void an_export_is_verified_elsewhere() throws IOException {
        operator.makesToken("demo");
        Path export = folder.resolve("log.txt");
        operator.succeeds("audit", "export", export.toString());
        Path key = operator.auditKey();
        Operator auditor = new Operator(Files.createDirectory(folder.resolve("elsewhere")));
        JsonNode report = auditor.succeeds(
                        "audit", "verify", "--file", export.toString(), "--key", key.toString(), "--output", "json")
                .json();
        assertTrue(report.get("ok").asBoolean());
        assertEquals(operator.records().size(), report.get("records").asInt());
        Files.writeString(export, Files.readString(export).replaceFirst("record 1 ..", "record 1 AA"));
        assertEquals(
                Damage.NOT_CANONICAL.exitCode(),
                auditor.runs("audit", "verify", "--file", export.toString()).code());
        Outcome again = operator.runs("audit", "export", export.toString());
        assertEquals(ExitCode.USAGE.code(), again.code(), again.err());
    }

    @Test
    void a_checkpoint_that_was_kept_elsewhere_convicts_a_store_that_was_put_back() throws IOException {
        operator.makesToken("demo");
        Path old = Files.copy(operator.database(), folder.resolve("old.db"));
        operator.makesKey("aes:128", "k");
        Path kept = Files.writeString(
                folder.resolve("kept"), operator.succeeds("audit", "checkpoint").out());
        Path keys = Files.writeString(
                folder.resolve("keys"),
                operator.succeeds("audit", "checkpoint", "--keys").out());
        String[] verify = {
            "audit", "verify", "--anchor", kept.toString(), "--checkpoint-keys", keys.toString(), "--output", "json"
        };
        JsonNode report = operator.succeeds(verify).json();
        assertEquals(2, report.get("checkpoints").asInt());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path journal : files.filter(
                            file -> file.getFileName().toString().startsWith("store.db"))
                    .toList()) {
                Files.delete(journal);
            }
        }
        Files.copy(old, operator.database());
        Outcome outcome = operator.runs("audit", "verify", "--anchor", kept.toString());
        assertEquals(Damage.CHECKPOINT_INVALID.exitCode(), outcome.code(), outcome.out());
        Outcome withKeys = operator.runs(verify);
        assertEquals(Damage.CHECKPOINT_AHEAD.exitCode(), withKeys.code(), withKeys.out());
    }

    @Test
    void one_record_is_proven_to_somebody_who_has_the_keys_alone() throws IOException {
        operator.makesToken("demo");
        Outcome early = operator.runs("audit", "prove", "--record", "1");
        assertEquals(ExitCode.USAGE.code(), early.code(), early.out());
        Path keys = Files.writeString(
                folder.resolve("keys"),
                operator.succeeds("audit", "checkpoint", "--keys").out());
        Path proof = folder.resolve("record.tlog-proof");
        operator.succeeds("audit", "prove", "--record", "1", "--out", proof.toString());
        Operator stranger = new Operator(Files.createDirectory(folder.resolve("elsewhere")));
        String[] check = {"audit", "prove", "--check", proof.toString(), "--checkpoint-keys", keys.toString()};
        Outcome checked = stranger.succeeds(check);
        assertTrue(checked.out().contains("TOKEN_INIT"), checked.out());
        String text = Files.readString(proof);
        Files.writeString(proof, text.replaceFirst("index 1", "index 2"));
        assertEquals(Damage.CHECKPOINT_MISMATCH.exitCode(), stranger.runs(check).code());
        Files.writeString(proof, text.replaceFirst("\n[1-9]+\n", "\n7777\n"));
        assertEquals(Damage.CHECKPOINT_INVALID.exitCode(), stranger.runs(check).code());
        Path export = folder.resolve("log.txt");
        operator.succeeds("audit", "export", export.toString());
        Files.writeString(
                proof,
                stranger.succeeds("audit", "prove", "--record", "0", "--file", export.toString())
                        .out());
        assertTrue(stranger.succeeds(check).out().contains("LOG_CREATE"));
        assertEquals(
                ExitCode.USAGE.code(),
                operator.runs("audit", "prove", "--record", "100").code());
    }

    @Test
    void anchors_get_every_checkpoint_and_one_that_is_away_is_told_of() throws IOException {
        assertEquals(ExitCode.NOT_FOUND.code(), operator.runs("audit", "anchor").code());
        operator.makesToken("demo");
        Path kept = folder.resolve("kept");
        Path away = folder.resolve("away/kept");
        Files.writeString(
                operator.configuration(),
                Files.readString(operator.configuration()) + "audit.anchors = file:" + kept + " file:" + away + "\n");
        Outcome outcome = operator.runs("audit", "anchor", "--output", "json");
        assertEquals(ExitCode.ANCHOR_AWAY.code(), outcome.code(), outcome.err());
        assertEquals(0, outcome.json().get(0).get("pending").asInt());
        assertEquals(1, outcome.json().get(1).get("pending").asInt());
        assertTrue(operator.recorded("operation").contains("ANCHOR_AWAY"));
        Files.createDirectory(away.getParent());
        operator.succeeds("audit", "anchor");
        JsonNode report = operator.succeeds("audit", "verify", "--anchor", away.toString(), "--output", "json")
                .json();
        assertTrue(report.get("checkpoints").asInt() >= 3, report.toString());
    }

    @Test
    void records_are_exported_for_other_programs_too() throws IOException {
        operator.makesToken("a=b");
        operator.runs("key", "list", "--pin", "env:WRONG");
        int count = operator.records().size();
        for (String format : List.of("jsonl", "cef", "otel")) {
            Path file = folder.resolve(format);
            operator.succeeds("audit", "export", file.toString(), "--format", format);
            List<String> lines = Files.readAllLines(file);
            assertEquals(count, lines.size());
            String last = lines.get(count - 1);
            switch (format) {
                case "jsonl" -> assertEquals(operator.records("--tail", "1").get(0), new ObjectMapper().readTree(last));
                case "cef" -> {
                    assertTrue(last.startsWith("CEF:0|FerroHSM|ferrohsm|1|LOGIN|LOGIN refused or failed|7|rt="), last);
                    assertTrue(last.contains(" reason=PIN_INCORRECT "), last);
                    assertTrue(lines.stream().anyMatch(line -> line.contains("a\\=b")), lines.toString());
                }
                default -> {
                    JsonNode log = new ObjectMapper().readTree(last).at("/resourceLogs/0/scopeLogs/0/logRecords/0");
                    assertEquals("ferrohsm.audit.LOGIN", log.get("eventName").asText());
                    assertEquals(13, log.get("severityNumber").asInt());
                    assertTrue(log.get("timeUnixNano").asText().matches("[0-9]{19}"), log.toString());
                    assertTrue(log.get("attributes").toString().contains("PIN_INCORRECT"), log.toString());
                }
            }
        }
    }

    @Test
    void segments_of_an_archive_are_verified_together_and_only_in_their_order() {
        operator.makesToken("demo");
        String old = folder.resolve("old").toString();
        String next = folder.resolve("next").toString();
        String rest = folder.resolve("rest").toString();
        operator.succeeds("audit", "export", old, "--before", "2");
        operator.succeeds("audit", "export", next, "--from", "2", "--before", "4");
        operator.succeeds("audit", "checkpoint");
        operator.succeeds("audit", "export", rest, "--from", "4");
        String key = operator.auditKey().toString();
        String[] verify = {
            "audit", "verify", "--key", key, "--output", "json", "--file", old, "--file", next, "--file", rest
        };
        JsonNode report = operator.succeeds(verify).json();
        assertEquals(operator.records().size(), report.get("records").asInt());
        assertEquals(1, report.get("checkpoints").asInt());
        assertEquals(
                Damage.MISSING.exitCode(),
                operator.runs("audit", "verify", "--file", old, "--file", rest).code());
        assertEquals(
                Damage.HEAD_MISSING.exitCode(),
                operator.runs("audit", "verify", "--file", old, "--file", next).code());
        assertEquals(
                Damage.MISSING.exitCode(),
                operator.runs("audit", "verify", "--file", next, "--file", rest).code());
    }
}
