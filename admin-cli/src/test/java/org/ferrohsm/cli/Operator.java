// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ferrohsm.cli.input.Terminal;

/** An operator with a store of their own in a folder, who types what was prepared. */
final class Operator implements Terminal {
    static final String SO_PIN = "97531864";
    static final String PIN = "24681357";

    /** How a run ended and what it wrote. */
    record Outcome(int code, String out, String err) {
        JsonNode json() {
            return parse(out);
        }

        JsonNode jsonError() {
            return parse(err).get("error");
        }

        private static JsonNode parse(String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private boolean present;

    Operator(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(configuration(), """
                store = sqlite:%1$s/store.db
                seal.key.file = %1$s/seal.key
                audit.key.folder = %1$s
                pin.tries = 3
                pin.argon2.memory-kib = 19456
                pin.argon2.passes = 2
                pin.argon2.lanes = 1
                """.formatted(folder));
        environment.put("FERROHSM_CONF", configuration().toString());
        environment.put("HOME", folder.toString());
        environment.put("PIN", PIN);
        environment.put("SO_PIN", SO_PIN);
        environment.put("WRONG", "00000000");
        environment.put("NEXT", "11223344");
    }

    Path configuration() {
        return folder.resolve("ferrohsm.conf");
    }

    Path folder() {
        return folder;
    }

    Path database() {
        return folder.resolve("store.db");
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Sits down at a terminal and will answer so. */
    Operator types(String... answers) {
        present = true;
        typed.addAll(Arrays.asList(answers));
        return this;
    }

    /** Runs the command with these words. */
    Outcome runs(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(words, environment, new PrintWriter(out), new PrintWriter(err), this);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Runs the command, which must end well. */
    Outcome succeeds(String... words) {
        Outcome outcome = runs(words);
        if (outcome.code() != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + outcome.code() + ": " + outcome.err());
        }
        return outcome;
    }

    /** Makes a token with the usual PINs; returns its serial. */
    String makesToken(String label) {
        return succeeds(
                        "token",
                        "init",
                        "--label",
                        label,
                        "--so-pin",
                        "env:SO_PIN",
                        "--pin",
                        "env:PIN",
                        "--output",
                        "json")
                .json()
                .get("serial")
                .asText();
    }

    /** Makes a key in the only token. */
    JsonNode makesKey(String type, String label, String... more) {
        List<String> words = new ArrayList<>(
                List.of("key", "generate", "--type", type, "--label", label, "--pin", "env:PIN", "--output", "json"));
        words.addAll(List.of(more));
        return succeeds(words.toArray(String[]::new)).json();
    }

    /** The records that these options of "audit show" choose. */
    JsonNode records(String... options) {
        return succeeds(Stream.concat(Stream.of("audit", "show", "--output", "json"), Stream.of(options))
                        .toArray(String[]::new))
                .json();
    }

    /** One field of each such record. */
    List<String> recorded(String field, String... options) {
        return StreamSupport.stream(records(options).spliterator(), false)
                .map(record -> record.path(field).asText())
                .toList();
    }

    /** The file of the key by which the log's MACs are checked. */
    Path auditKey() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("audit-.*\\.key"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<char[]> secret(String prompt) {
        return line(prompt).map(String::toCharArray);
    }

    @Override
    public Optional<String> line(String prompt) {
        return present ? Optional.of(typed.remove()) : Optional.empty();
    }

    @Override
    public boolean isWatched() {
        return present;
    }
}
