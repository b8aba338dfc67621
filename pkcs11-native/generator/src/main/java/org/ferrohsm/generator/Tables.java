// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the tables that everything else is generated from and writes what comes out. */
final class Tables {
    private Tables() {}

    /** A constant of the specification: {@code CKM}, {@code CKM_RSA_PKCS}, {@code 0x1}. */
    record Constant(String kind, String name, String value) {
        long number() {
            return Long.parseUnsignedLong(value.substring(2), 16);
        }
    }

    /** A C declaration: {@code CK_BYTE} {@code iv} {@code [16]}; {@code array} is 0 where there is none. */
    record Declaration(String type, String name, int array) {}

    /** A function or a struct with its parameters or fields, in order. */
    record Group(String name, List<Declaration> members) {}

    static List<Constant> constants(Path spec) throws IOException {
        List<Constant> constants = new ArrayList<>();
        for (String line : rows(spec.resolve("constants.csv"))) {
            String[] cells = line.split(",", -1);
            constants.add(new Constant(cells[0], cells[1], cells[2]));
        }
        return constants;
    }

    static List<Group> groups(Path file) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (String line : rows(file)) {
            int comma = line.indexOf(',');
            List<Declaration> members = Arrays.stream(line.substring(comma + 1).split(";", -1))
                    .map(String::strip)
                    .map(Tables::declaration)
                    .toList();
            groups.add(new Group(line.substring(0, comma), members));
        }
        return groups;
    }

    private static Declaration declaration(String text) {
        int space = text.lastIndexOf(' ');
        String name = text.substring(space + 1);
        int bracket = name.indexOf('[');
        int array = bracket < 0 ? 0 : Integer.parseInt(name.substring(bracket + 1, name.length() - 1));
        return new Declaration(text.substring(0, space), bracket < 0 ? name : name.substring(0, bracket), array);
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size()).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Writes {@code text} unless the file already says so: an unchanged file is not compiled again. */
    static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
