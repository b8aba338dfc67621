// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a.db", "with space.db", "50%20.db", "what?mode=ro", "hash#1.db", "~", "grün.db", "a&b=c;d.db"})
    void a_path_is_taken_literally(String name, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("made").resolve(name);
        try (TokenStore store = Stores.open("sqlite:" + file)) {
            store.write(writer -> {
                writer.putEntry(Scopes.STORE, "name", new byte[] {1});
                return null;
            });
            assertEquals("sqlite:" + file.toRealPath(), store.location());
        }
        assertTrue(Files.size(file) > 0);
        try (TokenStore store = Stores.open("sqlite:" + file)) {
            assertArrayEquals(
                    new byte[] {1},
                    store.read(reader -> reader.entry(Scopes.STORE, "name")).orElseThrow());
        }
    }

    @Test
    void each_memory_store_is_a_new_one() {
        try (TokenStore one = Stores.open("memory:");
                TokenStore other = Stores.open("memory:")) {
            one.write(writer -> {
                writer.putEntry(Scopes.STORE, "name", new byte[] {1});
                return null;
            });
            assertTrue(other.read(reader -> reader.entry(Scopes.STORE, "name")).isEmpty());
            assertEquals("memory", one.location());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sqlite",
                "SQLITE:x",
                "postgres://host/db",
                "/path/only",
                "memory",
                "memory:x",
                "sqlite:",
                "sqlite:a\0b"
            })
    void any_other_url_is_refused_with_what_is_supported(String url) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Stores.open(url));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("sqlite:PATH") && message.contains("memory:"), message);
    }
}
