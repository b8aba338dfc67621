// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ferrohsm.cli.command.FerroHsm;
import org.ferrohsm.cli.command.Invocation;
import org.ferrohsm.cli.input.ConsoleTerminal;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.Damage;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/cli.md");
    private static final Path AUDIT = Path.of("../docs/spec/audit.md");

    @Test
    void the_document_has_every_exit_code_and_its_meaning() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (ExitCode exit : ExitCode.values()) {
            rows.append("| ")
                    .append(exit.code())
                    .append(" | ")
                    .append(exit.meaning())
                    .append(" |\n");
        }
        String document = Files.readString(DOCUMENT);
        int start = document.lastIndexOf("|---|---|\n") + "|---|---|\n".length();
        assertEquals(rows.toString(), document.substring(start, document.indexOf("| 40 to 63 |")), "in " + DOCUMENT);
    }

    @Test
    void the_audit_specification_has_every_damage_with_its_code() throws IOException {
        String document = Files.readString(AUDIT);
        for (Damage damage : Damage.values()) {
            assertTrue(document.contains("| " + damage.exitCode() + " | " + damage.name()), damage.name());
        }
    }

    @Test
    void the_document_names_every_noun_and_verb() throws IOException {
        String document = Files.readString(DOCUMENT);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine root = FerroHsm.commandLine(new Invocation(Map.of(), nowhere, nowhere, new ConsoleTerminal()));
        root.getSubcommands().forEach((noun, command) -> {
            if (command.getSubcommands().isEmpty() && !noun.equals("help")) {
                assertTrue(document.contains("| `" + noun), noun);
            }
            command.getSubcommands().keySet().forEach(verb -> {
                assertTrue(document.contains("`" + noun + " " + verb + "`"), noun + " " + verb);
            });
        });
    }
}
