// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** OpenSSL's libcrypto behind a small program (src/test/c/openssl.c), which is compiled when it is asked for. */
final class OpenSsl implements AutoCloseable {
    static final byte[] NOTHING = new byte[0];
    static final String NO_PARAMETERS = "-";

    private static final String SOURCE = "src/test/c/openssl.c";
    private static final HexFormat HEX = HexFormat.of();

    private final Process process;
    private final Writer lines;
    private final BufferedReader answers;

    private OpenSsl(Process process) {
        this.process = process;
        this.lines = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Compiles the program into {@code folder} and starts it. */
    static OpenSsl start(Path folder) {
        String program = folder.resolve("openssl").toString();
        try {
            List<String> command = List.of(
                    "cc",
                    "-std=c11",
                    "-D_GNU_SOURCE",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-o",
                    program,
                    SOURCE,
                    "-lcrypto");
            Process compiler = new ProcessBuilder(command).inheritIO().start();
            if (compiler.waitFor() != 0) {
                throw new AssertionError("the program for OpenSSL does not compile: is libssl-dev there?");
            }
            return new OpenSsl(new ProcessBuilder(program)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Parameters with bytes: {@code name} has them in hexadecimal. */
    static String bytes(String name, byte[] value) {
        return "hex" + name + "=" + HEX.formatHex(value);
    }

    byte[] digest(String name, int length, byte[] data) {
        return call("digest", name, Integer.toString(length), hex(data));
    }

    /** The tag, if there is one, stands behind the ciphertext. */
    byte[] cipher(
            String name, boolean encrypts, byte[] key, byte[] iv, String parameters, int tag, byte[] aad, byte[] data) {
        return call(
                "cipher",
                name,
                encrypts ? "1" : "0",
                hex(key),
                hex(iv),
                parameters,
                Integer.toString(tag),
                hex(aad),
                hex(data));
    }

    byte[] mac(String name, byte[] key, String parameters, byte[] data) {
        return call("mac", name, hex(key), parameters, hex(data));
    }

    byte[] kdf(String name, String parameters, int length) {
        return call("kdf", name, parameters, Integer.toString(length));
    }

    /** Makes a call; fails if OpenSSL refuses. */
    byte[] call(String command, String... words) {
        String answer = ask(command, words);
        if (!answer.startsWith("ok ")) {
            throw new AssertionError("OpenSSL answers to " + command + " " + words[0] + ": " + answer);
        }
        return HEX.parseHex(answer.substring("ok ".length()));
    }

    /** Whether OpenSSL agrees. */
    boolean agrees(String command, String... words) {
        return ask(command, words).startsWith("ok ");
    }

    static String hex(byte[] value) {
        return value.length == 0 ? "-" : HEX.formatHex(value);
    }

    private String ask(String command, String... words) {
        try {
            lines.write(command + " " + String.join(" ", words) + "\n");
            lines.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the program has ended at " + command + " " + String.join(" ", words));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
