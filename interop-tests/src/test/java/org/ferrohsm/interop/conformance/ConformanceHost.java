// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.interop.fixture.CPrograms;
import org.ferrohsm.interop.fixture.Home;

/** The C program that makes the calls (src/test/c/conform.c); it is ended from outside after two minutes. */
final class ConformanceHost implements AutoCloseable {
    /** What a call gave: its return value, and what came out by name, in order. */
    record Answer(long result, Map<String, List<String>> values) {
        List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }

        String one(String name) {
            List<String> found = all(name);
            if (found.size() != 1) {
                throw new AssertionError("the call gave " + found.size() + " " + name);
            }
            return found.get(0);
        }
    }

    private final Process process;
    private final Writer calls;
    private final BufferedReader answers;

    ConformanceHost(Home home, Path folder) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            "timeout",
                            "-s",
                            "KILL",
                            "120",
                            CPrograms.named("conform").toString(),
                            home.product().library().toString()))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().clear();
            builder.environment().putAll(home.environment());
            process = builder.start();
            calls = process.outputWriter(StandardCharsets.US_ASCII);
            answers = process.inputReader(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Answer call(String function, List<String> arguments) {
        try {
            calls.write(function + " " + String.join(" ", arguments) + "\n");
            calls.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new AssertionError("the program ended in " + function);
            }
            String[] words = line.split(" ", -1);
            Map<String, List<String>> values = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split("=", 2);
                values.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
            }
            return new Answer(Long.decode(words[0]), values);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            calls.close();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new AssertionError("the program ended with " + exit);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
