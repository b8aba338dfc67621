// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;

/** {@code Main constants|wire|native FOLDER-OF-TABLES OUTPUT-FOLDER}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Path tables = Path.of(arguments[1]);
        Path output = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "constants" -> ConstantClasses.write(tables.resolve("spec"), output);
            case "wire" -> WireClasses.write(Definitions.read(tables), output);
            case "native" -> {
                Definitions definitions = Definitions.read(tables);
                CkHeader.write(tables.resolve("spec"), output);
                CkHeader.writeLists(tables.resolve("spec"), output);
                EntryPoints.write(tables.resolve("spec"), definitions, output);
                WireTables.write(definitions, output);
                FuzzCalls.write(tables.resolve("spec"), definitions, output);
            }
            default -> throw new IllegalArgumentException("unknown output: " + arguments[0]);
        }
    }
}
