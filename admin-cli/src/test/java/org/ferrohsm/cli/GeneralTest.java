// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.ferrohsm.core.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralTest extends CliTest {
    private static final int NO_JAVA = 70;

    @ParameterizedTest
    @EnumSource
    void every_fault_has_an_exit_code_that_is_not_success(Fault fault) {
        assertTrue(ExitCode.of(fault).code() > 0, fault.name());
        assertTrue(Advice.after(fault).isEmpty() || Advice.after(fault).startsWith("; "), fault.name());
    }

    @Test
    void no_two_endings_share_an_exit_code() {
        Set<Integer> codes =
                Arrays.stream(ExitCode.values()).map(ExitCode::code).collect(Collectors.toSet());
        assertEquals(ExitCode.values().length, codes.size());
        Set<Integer> all = new HashSet<>(codes);
        for (Damage damage : Damage.values()) {
            assertTrue(all.add(damage.exitCode()), damage.name());
        }
        assertTrue(all.add(NO_JAVA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tok",
                "token",
                "token lst",
                "token list extra",
                "key generate",
                "--store",
                "audit show --tail x"
            })
    void a_command_line_that_is_not_right_is_one_sentence_that_points_to_help(String line) {
        Outcome outcome = operator.runs(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("ferrohsm: ") && outcome.err().contains("--help"), outcome.err());
    }

    @Test
    void errors_are_json_where_json_was_asked_for() {
        operator.makesToken("demo");
        Outcome outcome = operator.runs("key", "list", "--pin", "env:WRONG", "--output", "json");
        JsonNode error = outcome.jsonError();
        assertEquals(outcome.code(), error.get("exitCode").asInt());
        assertEquals("PIN_INCORRECT", error.get("fault").asText());
        assertEquals("", outcome.out());
        JsonNode usage = operator.runs("key", "list", "--token", "none", "--output", "json")
                .jsonError();
        assertEquals(ExitCode.NOT_FOUND.code(), usage.get("exitCode").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "token init",
                "token list",
                "token show",
                "token set-pin",
                "token unlock",
                "key",
                "key generate",
                "key list",
                "key show",
                "key destroy",
                "audit",
                "audit show",
                "audit verify",
                "audit export",
                "doctor",
                "completion"
            })
    void every_noun_and_verb_has_help_that_names_it_and_the_common_options(String words) {
        Outcome outcome = operator.succeeds((words + " --help").strip().split(" "));
        assertTrue(outcome.out().contains(("Usage: ferrohsm " + words).strip()), outcome.out());
        assertTrue(outcome.out().contains("--store=URL") && outcome.out().contains("--output=FORMAT"), outcome.out());
    }

    @Test
    void the_version_names_the_java_too() {
        String version = operator.succeeds("--version").out();
        assertTrue(version.startsWith("ferrohsm ") && version.contains("Java "), version);
    }

    @Test
    void the_store_option_stands_above_environment_and_configuration() {
        operator.makesToken("here");
        operator.environment().put("FERROHSM_STORE", "sqlite:" + folder.resolve("environment.db"));
        assertEquals("", operator.succeeds("token", "list").out());
        String store = "sqlite:" + operator.database();
        assertTrue(operator.succeeds("token", "list", "--store", store).out().contains("here"));
        assertTrue(operator.succeeds("--store=" + store, "token", "list").out().contains("here"));
    }

    @Test
    void the_config_option_stands_above_the_environment() {
        operator.makesToken("here");
        operator.environment().put("FERROHSM_CONF", "/nonexistent");
        assertEquals(ExitCode.USAGE.code(), operator.runs("token", "list").code());
        assertTrue(operator.succeeds(
                        "token", "list", "--config", operator.configuration().toString())
                .out()
                .contains("here"));
    }

    @Test
    void an_unknown_key_is_refused_with_the_nearest() throws IOException {
        Files.writeString(operator.configuration(), "stor = memory:\n");
        Outcome outcome = operator.runs("token", "list");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertTrue(outcome.err().contains("\"store\""), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql:x", "sqlite:", "sqlite:/proc/none/store.db"})
    void a_store_that_cannot_be_is_one_sentence(String store) {
        Outcome outcome = operator.runs("token", "list", "--store", store);
        assertTrue(outcome.code() == ExitCode.USAGE.code() || outcome.code() == ExitCode.DAMAGED.code(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void a_file_that_is_no_database_is_left_alone() throws IOException {
        Files.writeString(operator.database(), "letters to a friend\n".repeat(100));
        Outcome outcome = operator.runs("token", "list");
        assertEquals(ExitCode.DAMAGED.code(), outcome.code(), outcome.err());
        assertTrue(Files.readString(operator.database()).startsWith("letters to a friend"));
    }

    @Test
    void a_lost_seal_key_is_said_and_not_replaced() throws IOException {
        operator.makesToken("demo");
        Files.delete(folder.resolve("seal.key"));
        Outcome outcome = operator.runs("token", "list");
        assertTrue(outcome.code() != 0);
        assertTrue(outcome.err().contains("seal.key"), outcome.err());
        assertFalse(Files.exists(folder.resolve("seal.key")));
        Outcome doctor = operator.runs("doctor");
        assertEquals(ExitCode.PROBLEMS.code(), doctor.code());
        assertTrue(doctor.out().contains("ERROR    seal key"), doctor.out());
    }

    @Test
    void the_doctor_finds_a_good_store_good() {
        operator.makesToken("demo");
        operator.makesKey("aes:128", "k");
        JsonNode findings = operator.succeeds("doctor", "--output", "json").json();
        findings.forEach(finding -> {
            assertFalse(finding.get("status").asText().equals("ERROR"), finding.toString());
            assertEquals(!finding.get("status").asText().equals("OK"), finding.has("advice"), finding.toString());
        });
        String text = operator.succeeds("doctor").out();
        assertTrue(text.contains("\"demo\", 1 objects as they were written"), text);
    }

    @Test
    void the_doctor_makes_nothing_where_nothing_is() {
        operator.succeeds("doctor");
        assertFalse(Files.exists(operator.database()));
        assertFalse(Files.exists(folder.resolve("seal.key")));
    }

    @Test
    void the_doctor_notices_who_else_can_read_the_seal_key() throws IOException {
        operator.makesToken("demo");
        Files.setPosixFilePermissions(operator.database(), PosixFilePermissions.fromString("rw-r--r--"));
        String text = operator.runs("doctor").out();
        assertTrue(text.contains("WARNING  store file"), text);
        assertTrue(text.contains("chmod 600 " + operator.database()), text);
    }

    @Test
    void the_doctor_tells_a_locked_pin_and_how_to_unlock_it() {
        operator.makesToken("demo");
        for (int i = 0; i < 3; i++) {
            operator.runs("key", "list", "--pin", "env:WRONG");
        }
        Outcome doctor = operator.runs("doctor");
        assertEquals(ExitCode.PROBLEMS.code(), doctor.code());
        assertTrue(doctor.out().contains("ferrohsm token unlock --token slot:0"), doctor.out());
    }

    @Test
    void the_doctor_tells_what_is_wrong_with_the_configuration() throws IOException {
        Files.writeString(operator.configuration(), "pin.tries = many\n");
        Outcome doctor = operator.runs("doctor");
        assertEquals(ExitCode.PROBLEMS.code(), doctor.code());
        assertTrue(doctor.out().contains("ERROR    configuration"), doctor.out());
    }

    @Test
    void bash_learns_every_noun_and_verb() {
        String script = operator.succeeds("completion", "bash").out();
        for (String word : new String[] {"token", "unlock", "generate", "verify", "doctor", "--output"}) {
            assertTrue(script.contains(word), word);
        }
        assertEquals(ExitCode.USAGE.code(), operator.runs("completion", "fish").code());
    }
}
