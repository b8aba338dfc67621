// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Where a PIN comes from: the keyboard, {@code env:NAME} or {@code file:PATH}. Never the command line itself, which other
 * users of the machine can read.
 */
public final class PinSource {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final int MAX_FILE = 4096;

    /** Bytes of UTF-8 that one UTF-16 unit can take. */
    private static final int MAX_UTF8 = 3;

    private final Map<String, String> environment;
    private final Terminal terminal;

    public PinSource(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    /**
     * The PIN that is in use.
     *
     * @param given what stands after the option, null if the option is absent
     * @param whose e.g. "user PIN of demo"
     * @param option the option that could give it
     */
    public SecretBytes current(@Nullable String given, String whose, String option) {
        return given == null ? typed(whose, option) : read(given, option);
    }

    /** A PIN to be set: what is typed is asked for twice. */
    public SecretBytes fresh(@Nullable String given, String whose, String option) {
        if (given != null) {
            return read(given, option);
        }
        SecretBytes first = typed("new " + whose, option);
        boolean same = false;
        try (SecretBytes again = typed("new " + whose + " again", option)) {
            same = first.matches(again);
        } finally {
            if (!same) {
                first.close();
            }
        }
        if (!same) {
            throw new CliException(ExitCode.USAGE, "the two PINs differ; nothing has been changed, try again");
        }
        return first;
    }

    private SecretBytes read(String given, String option) {
        if (given.startsWith(ENVIRONMENT)) {
            return fromEnvironment(given.substring(ENVIRONMENT.length()), option);
        }
        if (given.startsWith(FILE)) {
            return fromFile(given.substring(FILE.length()), option);
        }
        throw new CliException(
                ExitCode.USAGE,
                option + " takes env:NAME or file:PATH, not the PIN itself, which other users could read in the list of"
                        + " processes; leave it out to be asked");
    }

    private SecretBytes fromEnvironment(String name, String option) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    option + " names the environment variable " + name + ", which is not set: export it");
        }
        return SecretBytes.adopt(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The first line. */
    private static SecretBytes fromFile(String path, String option) {
        byte[] content = new byte[0];
        try {
            if (Files.size(Path.of(path)) > MAX_FILE) {
                throw new CliException(ExitCode.USAGE, option + " names " + path + ", which is too long for a PIN");
            }
            content = Files.readAllBytes(Path.of(path));
            int end = 0;
            while (end < content.length && content[end] != '\n' && content[end] != '\r') {
                end++;
            }
            if (end == 0) {
                throw new CliException(ExitCode.USAGE, option + " names " + path + ", whose first line is empty");
            }
            return SecretBytes.adopt(Arrays.copyOf(content, end));
        } catch (IOException | IllegalArgumentException e) {
            throw new CliException(
                    ExitCode.NOT_FOUND, option + " names " + path + ", which cannot be read: check its path and mode");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private SecretBytes typed(String whose, String option) {
        char[] typed = terminal.secret(whose + ": ")
                .orElseThrow(() -> new CliException(
                        ExitCode.LOGIN_NEEDED,
                        "the " + whose + " is needed and there is no terminal to ask at: give " + option
                                + " env:NAME or file:PATH"));
        ByteBuffer encoded = ByteBuffer.allocate(MAX_UTF8 * typed.length);
        try {
            if (StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(typed), encoded, true)
                    .isError()) {
                throw new CliException(ExitCode.USAGE, "the " + whose + " has characters that are none: type it again");
            }
            return SecretBytes.adopt(Arrays.copyOf(encoded.array(), encoded.position()));
        } finally {
            Arrays.fill(typed, '\0');
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
