// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest extends CliTest {
    @BeforeEach
    void makeToken() {
        operator.makesToken("demo");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa:2048, private, sign",
        "ec:P-256, private, sign",
        "ec:p-384, private, sign",
        "ec:P-521, private, sign",
        "ed25519, private, sign",
        "aes:128, secret, decrypt",
        "aes:256, secret, decrypt",
        "hmac:256, secret, sign"
    })
    void each_kind_of_key_is_made_for_its_usual_use_alone(String type, String keyClass, String use) {
        JsonNode key = operator.makesKey(type, "k");
        assertEquals(keyClass, key.get("class").asText());
        assertTrue(type.equalsIgnoreCase(key.get("type").asText()), key.toString());
        assertEquals(List.of(use), texts(key.get("usage")));
        assertEquals(16, key.get("id").asText().length());
    }

    @Test
    void a_pair_has_one_id_and_both_halves_are_listed() {
        operator.makesKey("ec:P-256", "pair", "--id", "0a:0b");
        JsonNode keys = operator.succeeds("key", "list", "--pin", "env:PIN", "--output", "json")
                .json();
        assertEquals(2, keys.size());
        assertEquals("private", keys.get(0).get("class").asText());
        assertEquals("public", keys.get(1).get("class").asText());
        assertEquals(List.of("verify"), texts(keys.get(1).get("usage")));
        keys.forEach(key -> assertEquals("0a0b", key.get("id").asText()));
        Outcome publicOnly = operator.succeeds("key", "list", "--public");
        assertFalse(publicOnly.out().contains("private"), publicOnly.out());
        assertTrue(publicOnly.out().contains("pair"), publicOnly.out());
    }

    @Test
    void the_uses_asked_for_are_the_uses_given() {
        JsonNode key = operator.makesKey("rsa:2048", "k", "--usage", "sign, decrypt");
        assertEquals(List.of("sign", "decrypt"), texts(key.get("usage")));
        assertEquals(
                List.of("derive"),
                texts(operator.makesKey("ec:P-256", "d", "--usage", "derive").get("usage")));
        Outcome unknown = operator.runs("key", "generate", "--type", "ed25519", "--label", "k", "--usage", "sing");
        assertEquals(ExitCode.USAGE.code(), unknown.code());
        assertTrue(unknown.err().contains("sing") && unknown.err().contains("sign"), unknown.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:1024", "rsa", "ec:P-192", "dsa:2048", ""})
    void a_kind_that_cannot_be_made_is_refused_with_the_kinds_that_can(String type) {
        Outcome outcome = operator.runs("key", "generate", "--type", type, "--label", "k", "--pin", "env:PIN");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertTrue(outcome.err().contains("ec:P-256"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "xyz", ""})
    void an_id_that_is_not_hexadecimal_is_refused(String id) {
        Outcome outcome =
                operator.runs("key", "generate", "--type", "ed25519", "--label", "k", "--id", id, "--pin", "env:PIN");
        assertEquals(ExitCode.USAGE.code(), outcome.code());
        assertTrue(outcome.err().contains("hexadecimal"), outcome.err());
    }

    @Test
    void show_gives_what_may_be_known_and_the_public_key_in_pem() throws GeneralSecurityException {
        JsonNode made = operator.makesKey("ec:P-384", "shown");
        JsonNode key = operator.succeeds("key", "show", "--label", "shown", "--pin", "env:PIN", "--output", "json")
                .json();
        assertEquals(made.get("id").asText(), key.get("id").asText());
        assertTrue(key.get("sensitive").asBoolean());
        assertFalse(key.get("extractable").asBoolean());
        assertTrue(key.get("neverExtractable").asBoolean());
        String pem = key.get("publicKey").asText();
        byte[] info = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        ECPublicKey decoded = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info));
        assertEquals(384, decoded.getParams().getCurve().getField().getFieldSize());
        assertTrue(operator.succeeds("key", "show", "--label", "shown", "--pin", "env:PIN")
                .out()
                .contains("-----BEGIN PUBLIC KEY-----"));
    }

    @Test
    void two_keys_of_one_label_are_told_apart_by_id() {
        String first = operator.makesKey("aes:128", "same").get("id").asText();
        String second = operator.makesKey("aes:128", "same").get("id").asText();
        assertNotEquals(first, second);
        Outcome ambiguous = operator.runs("key", "destroy", "--label", "same", "--pin", "env:PIN", "--yes");
        assertEquals(ExitCode.AMBIGUOUS.code(), ambiguous.code());
        assertTrue(ambiguous.err().contains(first) && ambiguous.err().contains(second), ambiguous.err());
        operator.succeeds("key", "destroy", "--label", "same", "--id", first, "--pin", "env:PIN", "--yes");
        JsonNode left = operator.succeeds("key", "list", "--pin", "env:PIN", "--output", "json")
                .json();
        assertEquals(1, left.size());
        assertEquals(second, left.get(0).get("id").asText());
    }

    @Test
    void destroying_a_pair_takes_both_halves_and_asks_before() {
        operator.makesKey("ed25519", "doomed");
        operator.makesKey("ed25519", "spared");
        String[] words = {"key", "destroy", "--label", "doomed", "--pin", "env:PIN"};
        assertEquals(ExitCode.CANCELLED.code(), operator.runs(words).code());
        assertEquals(ExitCode.CANCELLED.code(), operator.types("y").runs(words).code());
        Outcome done = operator.types("yes").succeeds(words);
        assertTrue(done.out().contains("private") && done.out().contains("public"), done.out());
        JsonNode left = operator.succeeds("key", "list", "--pin", "env:PIN", "--output", "json")
                .json();
        assertEquals(2, left.size());
        left.forEach(key -> assertEquals("spared", key.get("label").asText()));
    }

    @Test
    void a_key_that_is_not_there_is_not_found() {
        assertEquals(
                ExitCode.NOT_FOUND.code(),
                operator.runs("key", "show", "--label", "none", "--pin", "env:PIN")
                        .code());
        Outcome unsaid = operator.runs("key", "destroy", "--pin", "env:PIN");
        assertEquals(ExitCode.USAGE.code(), unsaid.code());
        assertTrue(unsaid.err().contains("--label or --id"), unsaid.err());
    }

    @Test
    void a_label_cannot_command_the_terminal() {
        operator.makesKey("aes:128", "red\u001b[31m");
        String list = operator.succeeds("key", "list", "--pin", "env:PIN").out();
        assertFalse(list.contains("\u001b"), list);
        assertTrue(list.contains("red?[31m"), list);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
