// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;

/** {@code Main constants|wire FOLDER-OF-TABLES OUTPUT-FOLDER}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Path tables = Path.of(arguments[1]);
        Path output = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "constants" -> ConstantClasses.write(tables.resolve("spec"), output);
            case "wire" -> WireClasses.write(Definitions.read(tables), output);
            default -> throw new IllegalArgumentException("unknown output: " + arguments[0]);
        }
    }
}
