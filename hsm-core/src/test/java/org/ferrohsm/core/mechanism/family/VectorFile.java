// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The vectors of one mechanism: {@code vectors/FAMILY/CKM_NAME.txt}. A block begins with {@code [key NAME]} or
 * {@code [OPERATION]} and holds lines {@code field = value}; # begins a comment. A case with a field {@code fault} must
 * fail with that fault, every other must succeed.
 */
public record VectorFile(String mechanism, Map<String, Map<String, String>> keys, List<Case> cases) {
    private static final Path ROOT = Path.of("src/test/resources/vectors");

    /** One case; {@code line} is where it begins. */
    public record Case(int line, String operation, Map<String, String> fields) {
        public boolean isNegative() {
            return fields.containsKey("fault");
        }
    }

    /** All files, sorted by path. */
    static List<VectorFile> all() {
        return all(ROOT);
    }

    /** All files in a folder, sorted by path. */
    public static List<VectorFile> all(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("CKM_"))
                    .sorted()
                    .map(VectorFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A single file beneath the root. */
    static VectorFile read(String path) {
        return read(ROOT.resolve(path));
    }

    private static VectorFile read(Path file) {
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        List<Case> cases = new ArrayList<>();
        Map<String, String> block = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.startsWith("[key ")) {
                block = new LinkedHashMap<>();
                keys.put(line.substring("[key ".length(), line.length() - 1), block);
            } else if (line.startsWith("[")) {
                block = new LinkedHashMap<>();
                cases.add(new Case(number, line.substring(1, line.length() - 1), block));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                block.put(
                        line.substring(0, equals).trim(),
                        line.substring(equals + 1).trim());
            }
        }
        String name = file.getFileName().toString();
        return new VectorFile(name.substring(0, name.length() - ".txt".length()), keys, cases);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
