// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs conformance cases: those in src/test/resources/conformance, or those in the folder that the property
 * {@code conformance.cases} names ({@code make conformance CASES=folder}).
 */
class ConformanceIT {
    @TempDir
    Path folder;

    static List<Path> cases() throws IOException {
        String named = System.getProperty("conformance.cases", "");
        Path cases = named.isEmpty()
                ? Product.PROJECT.resolve("interop-tests/src/test/resources/conformance")
                : Path.of(named);
        try (Stream<Path> files = Files.list(cases)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            assertFalse(found.isEmpty(), cases + " holds no cases");
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_call_of_a_case_gives_what_the_case_says(Path file) {
        Home home = new Home(folder);
        assertEquals(0, home.newToken("token1"));
        new Contents(home).put();
        Case wanted = Case.read(file);
        try (ConformanceHost host = new ConformanceHost(home, folder)) {
            new CaseRun(host).run(wanted);
        }
    }
}
