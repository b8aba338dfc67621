// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.junit.jupiter.api.Test;

class AuditTest extends CliTest {
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
        List<String> operations = operator.recorded("operation");
        assertEquals("LOG_CREATE", operations.get(0));
        assertTrue(operations.indexOf("TOKEN_INIT") < operations.indexOf("KEY_GENERATE"), operations.toString());
        JsonNode last = operator.records("--tail", "1").get(0);
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
        assertEquals(2, operator.records("--operation", "key_generate").size());
        JsonNode second =
                operator.records("--operation", "KEY_GENERATE", "--tail", "1").get(0);
        assertEquals("two", second.get("detail").get("label").asText());
        assertEquals("CKM_AES_KEY_GEN", second.get("mechanism").asText());
        assertEquals(1, operator.records("--failed").size());
        String object = second.get("object").asText();
        assertTrue(operator.recorded("object", "--object", object).stream().allMatch(object::equals));
        String token = second.get("token").asText();
        assertTrue(operator.recorded("token", "--token", token).stream().allMatch(token::equals));
        assertEquals(0, operator.records("--actor", "nobody").size());
        assertEquals(0, operator.records("--since", "2999-01-01T00:00:00Z").size());
        assertEquals(
                operator.records().size(),
                operator.records("--until", "2999-01-01T00:00:00Z").size());
        long from = second.get("seq").asLong();
        assertEquals(
                from,
                operator.records("--from", Long.toString(from))
                        .get(0)
                        .get("seq")
                        .asLong());
        assertEquals(0, operator.records("--tail", "0").size());
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
        assertEquals(operator.records().size(), report.get("records").asInt());
        assertEquals(0, report.get("macsCheckedFrom").asInt());
        assertTrue(report.get("stateCompared").asBoolean());
        assertTrue(operator.succeeds("audit", "verify").out().startsWith("OK: "));
    }

    @Test
    void verification_without_the_key_says_that_no_mac_was_checked() throws IOException {
        operator.makesToken("demo");
        Path key = operator.auditKey();
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
        int count = operator.records().size();
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
        assertEquals("UNREADABLE", operator.recorded("operation").get(1));
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
                operator.runs("audit", "verify", "--key", operator.auditKey().toString())
                        .code());
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
