// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/programs.md, run as they are written. */
class ProgramsPageIT {
    private static final Path PAGE = Product.PROJECT.resolve("docs/programs.md");

    @TempDir
    Path folder;

    @Test
    void every_command_on_the_page_succeeds() throws IOException {
        Home home = new Home(folder);
        Files.createSymbolicLink(folder.resolve("dist"), Product.built().root());
        String commands = Pattern.compile("\n```sh\n(.*?\n)```\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.joining("\n"));
        assertTrue(commands.contains("certutil"), commands);
        home.run("sh", "-exc", commands)
                .succeeded()
                .says("Verified OK")
                .says("against public key in the token... ok")
                .says("a text");
    }
}
