// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.io.Console;
import java.util.Optional;

/** The process's own console. The launcher asks for that of java.base, which is null where no terminal is. */
@SuppressWarnings("SystemConsoleNull")
public final class ConsoleTerminal implements Terminal {
    @Override
    public Optional<char[]> secret(String prompt) {
        Console console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("%s", prompt));
    }

    @Override
    public Optional<String> line(String prompt) {
        Console console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", prompt));
    }

    @Override
    public boolean isWatched() {
        return System.console() != null;
    }
}
