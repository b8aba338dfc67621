// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @Test
    void the_document_has_the_row_of_every_key() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (ConfigKey key : ConfigKey.values()) {
            rows.append("| `")
                    .append(key.key())
                    .append("` | `")
                    .append(key.byDefault())
                    .append("` | ")
                    .append(key.meaning())
                    .append(" |\n");
        }
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf("|---|---|---|\n") + "|---|---|---|\n".length();
        int end = document.indexOf("\n\n", start) + 1;
        assertEquals(rows.toString(), document.substring(start, end), "put these rows into " + DOCUMENT);
    }
}
