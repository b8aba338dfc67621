// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Page;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/programs.md, run as they are written. */
class ProgramsPageIT {
    @TempDir
    Path folder;

    @Test
    void every_command_on_the_page_succeeds() throws IOException {
        Home home = new Home(folder);
        Files.createSymbolicLink(folder.resolve("dist"), Product.built().root());
        String commands = String.join("\n", Page.of("programs.md").blocks("sh"));
        assertTrue(commands.contains("certutil"), commands);
        // Served: each program would start a JVM of its own.
        try (Daemon daemon = home.daemon()) {
            home.run("sh", "-exc", commands)
                    .succeeded()
                    .says("Verified OK")
                    .says("against public key in the token... ok")
                    .says("a text");
            assertTrue(daemon.pid() > 0);
        }
    }
}
