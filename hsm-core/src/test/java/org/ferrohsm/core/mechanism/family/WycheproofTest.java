// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The vectors of Wycheproof, which are not ours to distribute: {@code make wycheproof VECTORS=folder}, where the folder is
 * {@code testvectors_v1} of github.com/C2SP/wycheproof. Without the folder the test is skipped.
 */
class WycheproofTest {
    private static final String PROPERTY = "ferrohsm.wycheproof";
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final Map<String, WycheproofGroup> BY_TYPE = byType();

    private static Map<String, WycheproofGroup> byType() {
        Map<String, WycheproofGroup> groups = new HashMap<>();
        groups.putAll(new WycheproofRsa(TABLE).groups());
        groups.putAll(new WycheproofCurves(TABLE).groups());
        groups.putAll(new WycheproofLattices(TABLE).groups());
        groups.putAll(new WycheproofSymmetric(TABLE).groups());
        groups.putAll(new WycheproofDerivations(TABLE).groups());
        return groups;
    }

    @Test
    void the_folder_with_the_vectors_is_there() {
        assumeTrue(System.getProperty(PROPERTY) != null, "no -D" + PROPERTY + ": Wycheproof's vectors are not run");
        assertEquals(true, Files.isDirectory(Path.of(System.getProperty(PROPERTY))), "no such folder");
    }

    @TestFactory
    Stream<DynamicNode> every_vector_ends_as_wycheproof_says() throws IOException {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            return Stream.empty();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    private static void run(Path path) throws IOException {
        JsonNode file = new ObjectMapper().readTree(path.toFile());
        WycheproofTally tally = new WycheproofTally();
        for (JsonNode group : file.path("testGroups")) {
            WycheproofGroup runner = BY_TYPE.get(group.path("type").asText());
            if (runner == null) {
                tally.leaveOut(group);
            } else {
                runner.run(file.path("algorithm").asText(), group, tally);
            }
        }
        System.out.println(path.getFileName() + ": " + tally);
        assertEquals(List.of(), tally.wrong());
    }
}
