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
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.junit.jupiter.api.Test;

class TokenTest extends CliTest {
    @Test
    void a_new_store_has_no_token_and_says_how_to_make_one() {
        Outcome outcome = operator.succeeds("token", "list");
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("ferrohsm token init"), outcome.err());
        assertEquals(
                0, operator.succeeds("token", "list", "--output", "json").json().size());
    }

    @Test
    void a_token_is_made_in_the_free_slot_and_listed() {
        String serial = operator.makesToken("demo");
        JsonNode token =
                operator.succeeds("token", "list", "--output", "json").json().get(0);
        assertEquals(List.of("slot", "label", "serial", "userPin", "soPin"), names(token));
        assertEquals(0, token.get("slot").asInt());
        assertEquals("demo", token.get("label").asText());
        assertEquals(serial, token.get("serial").asText());
        assertEquals("set", token.get("userPin").asText());
        String table = operator.succeeds("token", "list").out();
        assertEquals(
                List.of(
                        "SLOT  LABEL  SERIAL            USER PIN  SO PIN",
                        "0     demo   " + serial + "  set       set"),
                table.lines().toList());
    }

    @Test
    void pins_are_asked_for_and_new_ones_twice() {
        operator.types("officer-1", "officer-1", "user-1234", "user-1234")
                .succeeds("token", "init", "--label", "typed");
        operator.types("user-1234").succeeds("key", "list");
        Outcome wrong = operator.types("other-1234").runs("key", "list");
        assertEquals(ExitCode.PIN_INCORRECT.code(), wrong.code(), wrong.err());
    }

    @Test
    void two_different_new_pins_change_nothing() {
        Outcome outcome = operator.types("officer-1", "officer-2").runs("token", "init", "--label", "x");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertTrue(outcome.err().contains("differ"), outcome.err());
        assertEquals("", operator.succeeds("token", "list").out());
    }

    @Test
    void without_a_terminal_a_missing_pin_names_its_option() {
        Outcome outcome = operator.runs("token", "init", "--label", "x");
        assertEquals(ExitCode.LOGIN_NEEDED.code(), outcome.code());
        assertTrue(outcome.err().contains("--so-pin"), outcome.err());
    }

    @Test
    void a_pin_on_the_command_line_is_refused() {
        Outcome outcome = operator.runs("token", "init", "--label", "x", "--so-pin", "12345678", "--pin", "env:PIN");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertFalse(outcome.err().contains("12345678"), outcome.err());
        assertTrue(outcome.err().contains("env:NAME or file:PATH"), outcome.err());
    }

    @Test
    void a_pin_can_be_the_first_line_of_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("pin"), Operator.PIN + "\r\nsomething else\n");
        operator.makesToken("demo");
        operator.succeeds("key", "list", "--pin", "file:" + file);
        Outcome missing = operator.runs("key", "list", "--pin", "file:" + folder.resolve("none"));
        assertEquals(ExitCode.NOT_FOUND.code(), missing.code(), missing.err());
        Files.writeString(file, "\n");
        assertEquals(
                ExitCode.USAGE.code(),
                operator.runs("key", "list", "--pin", "file:" + file).code());
    }

    @Test
    void an_unset_variable_is_named() {
        operator.makesToken("demo");
        Outcome outcome = operator.runs("key", "list", "--pin", "env:NOT_THERE");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertTrue(outcome.err().contains("NOT_THERE"), outcome.err());
    }

    @Test
    void two_tokens_with_one_label_are_told_apart_by_serial_or_slot() {
        String first = operator.makesToken("twin");
        String second = operator.makesToken("twin");
        Outcome ambiguous = operator.runs("token", "show", "--token", "twin");
        assertEquals(ExitCode.AMBIGUOUS.code(), ambiguous.code());
        assertTrue(ambiguous.err().contains(first) && ambiguous.err().contains(second), ambiguous.err());
        assertTrue(ambiguous.err().contains("slot:0") && ambiguous.err().contains("slot:1"), ambiguous.err());
        assertEquals(ExitCode.AMBIGUOUS.code(), operator.runs("token", "show").code());
        assertEquals(first, serialOf("slot:0"));
        assertEquals(second, serialOf("slot:1"));
        assertEquals(second, serialOf(second));
        Outcome none = operator.runs("token", "show", "--token", "other");
        assertEquals(ExitCode.NOT_FOUND.code(), none.code());
        assertTrue(none.err().contains("twin"), none.err());
    }

    @Test
    void show_tells_the_mechanisms() {
        operator.makesToken("demo");
        JsonNode token = operator.succeeds("token", "show", "--output", "json").json();
        List<String> mechanisms = new ArrayList<>();
        token.get("mechanisms").forEach(mechanism -> mechanisms.add(mechanism.asText()));
        assertTrue(mechanisms.containsAll(List.of("CKM_ECDSA", "CKM_RSA_PKCS", "CKM_AES_GCM")), mechanisms.toString());
        assertTrue(operator.succeeds("token", "show").out().contains("LABEL           demo"));
    }

    @Test
    void a_token_is_made_anew_only_on_confirmation_and_by_its_officer() {
        operator.makesToken("demo");
        operator.makesKey("aes:128", "precious");
        String[] again = {
            "token", "init", "--token", "demo", "--label", "anew", "--so-pin", "env:SO_PIN", "--pin", "env:NEXT"
        };
        Outcome unasked = operator.runs(again);
        assertEquals(ExitCode.CANCELLED.code(), unasked.code());
        assertTrue(unasked.err().contains("--yes"), unasked.err());
        assertEquals(ExitCode.CANCELLED.code(), operator.types("no").runs(again).code());
        operator.succeeds("key", "show", "--label", "precious", "--pin", "env:PIN");
        String[] wrong = {
            "token", "init", "--token", "demo", "--label", "anew", "--so-pin", "env:WRONG", "--pin", "env:NEXT", "--yes"
        };
        assertEquals(ExitCode.PIN_INCORRECT.code(), operator.runs(wrong).code());
        operator.types("yes").succeeds(again);
        assertEquals("", operator.succeeds("key", "list", "--pin", "env:NEXT").out());
        assertEquals(
                "anew",
                operator.succeeds("token", "show", "--output", "json")
                        .json()
                        .get("label")
                        .asText());
    }

    @Test
    void a_label_longer_than_32_bytes_is_refused() {
        Outcome outcome =
                operator.runs("token", "init", "--label", "ü".repeat(17), "--so-pin", "env:SO_PIN", "--pin", "env:PIN");
        assertEquals(ExitCode.USAGE.code(), outcome.code(), outcome.err());
        assertEquals("", operator.succeeds("token", "list").out());
    }

    @Test
    void the_user_changes_their_pin() {
        operator.makesToken("demo");
        operator.succeeds("token", "set-pin", "--pin", "env:PIN", "--new-pin", "env:NEXT");
        operator.succeeds("key", "list", "--pin", "env:NEXT");
        assertEquals(
                ExitCode.PIN_INCORRECT.code(),
                operator.runs("key", "list", "--pin", "env:PIN").code());
    }

    @Test
    void the_officer_changes_theirs() {
        operator.makesToken("demo");
        operator.succeeds("token", "set-pin", "--so", "--pin", "env:SO_PIN", "--new-pin", "env:NEXT");
        assertEquals(
                ExitCode.PIN_INCORRECT.code(),
                operator.runs("token", "unlock", "--so-pin", "env:SO_PIN", "--new-pin", "env:PIN")
                        .code());
        operator.succeeds("token", "unlock", "--so-pin", "env:NEXT", "--new-pin", "env:PIN");
    }

    @Test
    void a_locked_pin_is_shown_and_the_officer_unlocks_it() {
        operator.makesToken("demo");
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    ExitCode.PIN_INCORRECT.code(),
                    operator.runs("key", "list", "--pin", "env:WRONG").code());
        }
        Outcome locked = operator.runs("key", "list", "--pin", "env:PIN");
        assertEquals(ExitCode.PIN_LOCKED.code(), locked.code());
        assertTrue(locked.err().contains("ferrohsm token unlock"), locked.err());
        assertEquals(
                "locked",
                operator.succeeds("token", "show", "--output", "json")
                        .json()
                        .get("userPin")
                        .asText());
        operator.succeeds("token", "unlock", "--so-pin", "env:SO_PIN", "--new-pin", "env:NEXT");
        operator.succeeds("key", "list", "--pin", "env:NEXT");
    }

    private String serialOf(String token) {
        return operator.succeeds("token", "show", "--token", token, "--output", "json")
                .json()
                .get("serial")
                .asText();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
