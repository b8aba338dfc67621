// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.secret.SecretBytes;

/** Where a configured PIN is read, each time that it is needed. */
final class PinSource {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    private final String text;

    private PinSource(String text) {
        this.text = text;
    }

    /** {@code env:NAME} or {@code file:PATH}; empty for anything else, which may be a PIN in clear. */
    static Optional<PinSource> of(String text) {
        return text.startsWith(ENVIRONMENT) || text.startsWith(FILE)
                ? Optional.of(new PinSource(text))
                : Optional.empty();
    }

    /** The PIN; a file's last line ending does not belong to it. */
    SecretBytes read(Map<String, String> environment) throws LoginException {
        if (text.startsWith(ENVIRONMENT)) {
            String value = environment.get(text.substring(ENVIRONMENT.length()));
            if (value == null) {
                throw new LoginException("the environment has no " + text.substring(ENVIRONMENT.length())
                        + ", which the configuration names as the place of the PIN");
            }
            return Pins.of(value.toCharArray());
        }
        Path path = Path.of(text.substring(FILE.length()));
        try {
            byte[] content = Files.readAllBytes(path);
            int end = content.length;
            while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
                end--;
            }
            SecretBytes pin = SecretBytes.adopt(Arrays.copyOf(content, end));
            Arrays.fill(content, (byte) 0);
            return pin;
        } catch (IOException e) {
            LoginException failure = new LoginException("the PIN cannot be read from " + path + ": " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
