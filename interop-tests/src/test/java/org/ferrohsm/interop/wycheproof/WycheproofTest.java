// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.jca.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `make wycheproof VECTORS=folder`: the folder is testvectors_v1 of a clone of C2SP/wycheproof. */
class WycheproofTest {
    private static final int LEAST_VECTORS = 53_000;

    @TempDir
    Path folder;

    @Test
    void no_vector_is_answered_wrongly_or_by_a_runtime_exception() throws Exception {
        String place = System.getProperty("ferrohsm.wycheproof", "");
        assumeTrue(!place.isEmpty(), "no vectors: give their folder as -Dferrohsm.wycheproof=FOLDER");
        String pattern = System.getProperty("ferrohsm.wycheproof.files", "");
        Provider provider = TestToken.in(folder).provider();
        TestToken.keyStore(provider);
        Runner runner = new Runner(provider);
        try (Stream<Path> files = Files.list(Path.of(place))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .filter(path -> String.valueOf(path.getFileName()).contains(pattern))
                    .sorted()
                    .toList()) {
                runner.run(file);
            }
        }
        System.out.println(runner.tally());
        assertAll(
                () -> assertEquals(List.of(), runner.tally().allStray()),
                () -> assertEquals(List.of(), runner.tally().allWrong()));
        assertTrue(!pattern.isEmpty() || runner.tally().count() >= LEAST_VECTORS, "too few vectors: " + runner.tally());
    }
}
