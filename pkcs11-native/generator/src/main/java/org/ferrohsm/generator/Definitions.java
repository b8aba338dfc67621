// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.generator.Tables.Constant;
import org.ferrohsm.generator.Tables.Group;

/** The tables that describe the wire: {@code functions.def}, {@code attributes.def} and {@code mechanisms.def}. */
record Definitions(
        List<Call> calls, Map<Long, String> attributeKinds, Map<Long, String> mechanismLayouts, List<Layout> layouts) {

    /** A row of {@code functions.def}; {@code id} is negative where nothing is sent. */
    record Call(String name, int id, String request, String response, String entry) {
        boolean onWire() {
            return id >= 0;
        }

        /** The C function that this row is the entry point of, empty where it is none. */
        String function() {
            return switch (entry) {
                case "none" -> "";
                case "generated", "hand" -> name;
                default -> entry.startsWith("C_") ? entry : name;
            };
        }
    }

    static Definitions read(Path folder) throws IOException {
        Path spec = folder.resolve("spec");
        Map<String, Long> numbers = Tables.constants(spec).stream()
                .collect(Collectors.toMap(Constant::name, Constant::number, (first, second) -> first));
        List<Call> calls = rows(folder.resolve("functions.def")).stream()
                .map(cells -> new Call(
                        cells[0],
                        cells[1].equals("-") ? -1 : Integer.parseInt(cells[1]),
                        cells[2].equals("-") ? "" : cells[2],
                        cells[3].equals("-") ? "" : cells[3],
                        cells[4]))
                .toList();
        Map<Long, String> kinds = named(folder.resolve("attributes.def"), numbers);
        Map<Long, String> mechanisms = named(folder.resolve("mechanisms.def"), numbers);
        Map<String, Group> structs = new LinkedHashMap<>();
        for (Group struct : Tables.groups(spec.resolve("structs.csv"))) {
            structs.put(struct.name(), struct);
        }
        List<Layout> layouts = mechanisms.values().stream()
                .distinct()
                .filter(name -> !name.equals("none"))
                .sorted()
                .map(name -> Layout.of(name, structs))
                .toList();
        return new Definitions(calls, kinds, mechanisms, layouts);
    }

    /** The table's rows by number; where two names have one number, the rows agree or the table is wrong. */
    private static Map<Long, String> named(Path file, Map<String, Long> numbers) throws IOException {
        Map<Long, String> rows = new LinkedHashMap<>();
        for (String[] cells : rows(file)) {
            Long number = cells[0].startsWith("0x") ? Long.decode(cells[0]) : numbers.get(cells[0]);
            if (number == null) {
                throw new IllegalArgumentException(file + ": no such constant: " + cells[0]);
            }
            String previous = rows.put(number, cells[1]);
            if (previous != null && !previous.equals(cells[1])) {
                throw new IllegalArgumentException(file + ": two rows for " + cells[0]);
            }
        }
        return rows;
    }

    private static List<String[]> rows(Path file) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line.strip().split("\\s+"));
            }
        }
        return rows;
    }
}
