// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the provider, or one key store, has been told: which token, where its PIN is, and settings of the core that
 * replace those of the host's configuration. The keys of its own are {@code token}, {@code serial}, {@code pin} and
 * {@code pkcs11.alias}; docs/java.md explains them.
 */
public final class ProviderConfig {
    /** Nothing told: the host's configuration and the only token there is. */
    public static final ProviderConfig DEFAULT = new ProviderConfig(Map.of());

    private static final String TOKEN_PREFIX = "token:";
    private static final String TOKEN = "token";
    private static final String SERIAL = "serial";
    private static final String PIN = "pin";
    private static final String PKCS11_ALIAS = "pkcs11.alias";

    private final Map<String, String> values;

    private ProviderConfig(Map<String, String> values) {
        this.values = values;
    }

    /**
     * A provider's argument: {@code token:LABEL}, lines of {@code key = value}, or the path of a file of such lines.
     *
     * @throws IllegalArgumentException if it is none of these, with a sentence that says what to do
     */
    public static ProviderConfig ofArgument(String argument) {
        String text = argument.strip();
        boolean lines = text.isEmpty() || text.startsWith(TOKEN_PREFIX) || text.contains("=");
        if (lines && (text.contains("\n") || !Files.isRegularFile(Path.of(text)))) {
            return ofText(text, DEFAULT);
        }
        try {
            return ofText(Files.readString(Path.of(text)), DEFAULT);
        } catch (IOException e) {
            throw new IllegalArgumentException("the configuration " + text + " cannot be read: " + e, e);
        }
    }

    /**
     * The content of a key store's stream: empty, {@code token:LABEL}, or lines of {@code key = value}, which replace
     * those of {@code base}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static ProviderConfig ofStream(byte[] content, ProviderConfig base) {
        return ofText(new String(content, StandardCharsets.UTF_8), base);
    }

    private static ProviderConfig ofText(String text, ProviderConfig base) {
        Map<String, String> values = new LinkedHashMap<>(base.values);
        String stripped = text.strip();
        if (stripped.startsWith(TOKEN_PREFIX)) {
            values.remove(SERIAL);
            values.put(TOKEN, stripped.substring(TOKEN_PREFIX.length()).strip());
            return new ProviderConfig(values);
        }
        text.lines().map(String::strip).forEach(line -> {
            if (line.isEmpty() || line.startsWith("#")) {
                return;
            }
            int sign = line.indexOf('=');
            if (sign < 1 || line.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "this is no configuration of FerroHSM: it needs lines of key = value, or token:LABEL");
            }
            values.put(line.substring(0, sign).strip(), line.substring(sign + 1).strip());
        });
        ProviderConfig config = new ProviderConfig(values);
        config.checkPin();
        return config;
    }

    /** CKA_LABEL of the token to use. */
    Optional<String> token() {
        return Optional.ofNullable(values.get(TOKEN));
    }

    /** Serial number of the token to use, which tells tokens of one label apart. */
    Optional<String> serial() {
        return Optional.ofNullable(values.get(SERIAL));
    }

    /** Where the PIN is. */
    Optional<PinSource> pin() {
        return Optional.ofNullable(values.get(PIN)).flatMap(PinSource::of);
    }

    /** Whether the key store also answers to PKCS11, for tools that treat only that type as a token. */
    public boolean pkcs11Alias() {
        return Boolean.parseBoolean(values.get(PKCS11_ALIAS));
    }

    /** The settings of the core. */
    Map<String, String> core() {
        Map<String, String> core = new LinkedHashMap<>(values);
        core.remove(TOKEN);
        core.remove(SERIAL);
        core.remove(PIN);
        core.remove(PKCS11_ALIAS);
        return core;
    }

    private void checkPin() {
        if (values.containsKey(PIN) && pin().isEmpty()) {
            throw new IllegalArgumentException("pin must be env:NAME or file:PATH; a PIN in clear is not taken");
        }
    }
}
