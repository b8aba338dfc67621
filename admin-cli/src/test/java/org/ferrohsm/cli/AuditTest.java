// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    Path folder;

    private Operator operator;

    @BeforeEach
    void begin() throws IOException {
        operator = new Operator(folder);
    }

    @Test
    void a_store_without_a_log_cannot_be_verified() {
        assertEquals(ExitCode.NOT_FOUND.code(), operator.runs("audit", "verify").code());
        Outcome shown = operator.succeeds("audit", "show");
        assertEquals("", shown.out());
        assertTrue(shown.err().contains("no audit record"), shown.err());
    }

    @Test
    void what_was_done_is_shown_in_order() {
        operator.makesToken("demo");
        operator.makesKey("ec:P-256", "k");
        operator.runs("key", "list", "--pin", "env:WRONG");
        List<String> operations = texts(records(), "operation");
        assertEquals("LOG_CREATE", operations.get(0));
        assertTrue(operations.indexOf("TOKEN_INIT") < operations.indexOf("KEY_GENERATE"), operations.toString());
        JsonNode last = records("--tail", "1").get(0);
        assertEquals("LOGIN", last.get("operation").asText());
        assertEquals("PIN_INCORRECT", last.get("result").asText());
        assertTrue(last.get("actor").asText().startsWith("cli "), last.toString());
        String line = operator.succeeds("audit", "show", "--tail", "1").out();
        assertTrue(line.matches("(?s) *\\d+ .*LOGIN .*PIN_INCORRECT .*actor=cli .*role=USER.*"), line);
    }

    @Test
    void filters_choose_and_tail_counts_what_they_chose() {
        operator.makesToken("demo");
        operator.makesKey("aes:128", "one");
        operator.makesKey("aes:128", "two");
        operator.runs("key", "list", "--pin", "env:WRONG");
        assertEquals(2, records("--operation", "key_generate").size());
        JsonNode second = records("--operation", "KEY_GENERATE", "--tail", "1").get(0);
        assertEquals("two", second.get("detail").get("label").asText());
        assertEquals("CKM_AES_KEY_GEN", second.get("mechanism").asText());
        assertEquals(1, records("--failed").size());
        String object = second.get("object").asText();
        assertTrue(texts(records("--object", object), "object").stream().allMatch(object::equals));
        String token = second.get("token").asText();
        assertTrue(texts(records("--token", token), "token").stream().allMatch(token::equals));
        assertEquals(0, records("--actor", "nobody").size());
        assertEquals(0, records("--since", "2999-01-01T00:00:00Z").size());
        assertEquals(
                records().size(), records("--until", "2999-01-01T00:00:00Z").size());
        long from = second.get("seq").asLong();
        assertEquals(
                from, records("--from", Long.toString(from)).get(0).get("seq").asLong());
        assertEquals(0, records("--tail", "0").size());
        assertEquals(
                ExitCode.USAGE.code(),
                operator.runs("audit", "show", "--since", "yesterday").code());
    }

    @Test
    void an_untouched_log_verifies_with_its_macs() {
        operator.makesToken("demo");
        operator.makesKey("ec:P-256", "k");
        JsonNode report =
                operator.succeeds("audit", "verify", "--output", "json").json();
        assertTrue(report.get("ok").asBoolean());
        assertEquals(records().size(), report.get("records").asInt());
        assertEquals(0, report.get("macsCheckedFrom").asInt());
        assertTrue(report.get("stateCompared").asBoolean());
        assertTrue(operator.succeeds("audit", "verify").out().startsWith("OK: "));
    }

    @Test
    void verification_without_the_key_says_that_no_mac_was_checked() throws IOException {
        operator.makesToken("demo");
        Path key = keyFile();
        Path taken = Files.move(key, folder.resolve("taken-away.key"));
        Outcome without = operator.succeeds("audit", "verify");
        assertTrue(without.out().contains("No MAC was checked"), without.out());
        JsonNode with = operator.succeeds("audit", "verify", "--key", taken.toString(), "--output", "json")
                .json();
        assertEquals(0, with.get("macsCheckedFrom").asInt());
        Outcome wrong = operator.runs(
                "audit", "verify", "--key", operator.configuration().toString());
        assertEquals(ExitCode.USAGE.code(), wrong.code(), wrong.err());
    }

    @Test
    void any_byte_flipped_in_a_record_is_damage_that_names_it() throws SQLException {
        operator.makesToken("demo");
        operator.makesKey("aes:128", "k");
        int count = records().size();
        for (int seq = 0; seq < count; seq++) {
            byte[] record = record(seq);
            byte[] changed = record.clone();
            changed[(seq * 31) % changed.length] ^= 0x10;
            replace(seq, changed);
            Outcome outcome = operator.runs("audit", "verify", "--output", "json");
            JsonNode report = outcome.json();
            assertFalse(report.get("ok").asBoolean());
            assertEquals(seq, report.get("seq").asInt(), report.toString());
            assertEquals(Damage.valueOf(report.get("damage").asText()).exitCode(), outcome.code(), report.toString());
            replace(seq, record);
        }
        operator.succeeds("audit", "verify");
    }

    @Test
    void an_edited_record_is_told_to_people_too() throws SQLException {
        operator.makesToken("demo");
        byte[] record = record(2);
        record[record.length - 1] ^= 1;
        replace(2, record);
        Outcome outcome = operator.runs("audit", "verify");
        assertEquals(Damage.EDITED.exitCode(), outcome.code());
        assertTrue(outcome.out().startsWith("DAMAGED: record 2 of the audit log: edited"), outcome.out());
    }

    @Test
    void records_that_cannot_be_read_are_shown_as_such() throws SQLException {
        operator.makesToken("demo");
        replace(1, new byte[] {1, 2, 3});
        assertEquals("UNREADABLE", texts(records(), "operation").get(1));
        assertTrue(
                operator.succeeds("audit", "show", "--operation", "LOGIN").out().contains("UNREADABLE"));
    }

    @Test
    void a_log_without_its_last_records_is_truncated() throws SQLException {
        operator.makesToken("demo");
        execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)");
        assertEquals(
                Damage.TRUNCATED.exitCode(), operator.runs("audit", "verify").code());
    }

    @Test
    void a_log_that_lost_its_head_can_still_be_shown_and_verified() throws SQLException {
        operator.makesToken("demo");
        execute("DELETE FROM entry WHERE name = 'audit.head'");
        assertEquals(
                Damage.HEAD_MISSING.exitCode(),
                operator.runs("audit", "verify", "--key", keyFile().toString()).code());
        assertTrue(operator.succeeds("audit", "show").out().contains("TOKEN_INIT"));
        assertEquals(ExitCode.DAMAGED.code(), operator.runs("token", "list").code());
    }

    @Test
    void an_object_removed_behind_our_back_contradicts_the_log() throws SQLException {
        operator.makesToken("demo");
        operator.makesKey("aes:128", "k");
        execute("DELETE FROM object");
        Outcome doctor = operator.runs("doctor");
        assertEquals(ExitCode.PROBLEMS.code(), doctor.code(), doctor.out());
        assertTrue(doctor.out().contains("ERROR    slot:0"), doctor.out());
    }

    @Test
    void without_the_seal_key_the_log_is_verified_but_not_the_tokens_state() throws IOException {
        operator.makesToken("demo");
        Files.delete(folder.resolve("seal.key"));
        JsonNode report =
                operator.succeeds("audit", "verify", "--output", "json").json();
        assertTrue(report.get("ok").asBoolean());
        assertFalse(report.get("stateCompared").asBoolean());
        assertTrue(operator.succeeds("audit", "verify").out().contains("was not compared"));
    }

    @Test
    void an_export_is_verified_elsewhere() throws IOException {
        operator.makesToken("demo");
        Path export = folder.resolve("log.txt");
        operator.succeeds("audit", "export", export.toString());
        Path key = keyFile();
        Operator auditor = new Operator(Files.createDirectory(folder.resolve("elsewhere")));
        JsonNode report = auditor.succeeds(
                        "audit", "verify", "--file", export.toString(), "--key", key.toString(), "--output", "json")
                .json();
        assertTrue(report.get("ok").asBoolean());
        assertEquals(records().size(), report.get("records").asInt());
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
        assertTrue(texts(records(), "operation").contains("ANCHOR_AWAY"));
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
        int count = records().size();
        for (String format : List.of("jsonl", "cef", "otel")) {
            Path file = folder.resolve(format);
            operator.succeeds("audit", "export", file.toString(), "--format", format);
            List<String> lines = Files.readAllLines(file);
            assertEquals(count, lines.size());
            String last = lines.get(count - 1);
            switch (format) {
                case "jsonl" -> assertEquals(records("--tail", "1").get(0), new ObjectMapper().readTree(last));
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
        String key = keyFile().toString();
        String[] verify = {
            "audit", "verify", "--key", key, "--output", "json", "--file", old, "--file", next, "--file", rest
        };
        JsonNode report = operator.succeeds(verify).json();
        assertEquals(records().size(), report.get("records").asInt());
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

    private Path keyFile() throws AssertionError {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("audit-.*\\.key"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode records(String... options) {
        return operator.succeeds(Stream.concat(Stream.of("audit", "show", "--output", "json"), Stream.of(options))
                        .toArray(String[]::new))
                .json();
    }

    private static List<String> texts(JsonNode records, String name) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> record.path(name).asText())
                .toList();
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + operator.database());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            assertEquals(1, Math.min(1, statement.executeUpdate(sql)), sql);
        }
    }

    private byte[] record(int seq) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT record FROM audit WHERE seq = " + seq)) {
            assertTrue(row.next());
            return row.getBytes(1);
        }
    }

    private void replace(int seq, byte[] record) throws SQLException {
        try (Connection connection = database();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE audit SET record = ? WHERE seq = ?")) {
            statement.setBytes(1, record);
            statement.setInt(2, seq);
            assertEquals(1, statement.executeUpdate());
        }
    }
}
