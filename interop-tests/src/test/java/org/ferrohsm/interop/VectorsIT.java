// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.ferrohsm.core.mechanism.family.VectorFile;
import org.ferrohsm.interop.fixture.Calls;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.ferrohsm.interop.fixture.VectorFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mechanisms' published vectors through the functions of the library. */
class VectorsIT {
    private static final Path VECTORS = Product.PROJECT.resolve("hsm-core/src/test/resources/vectors");
    private static final Set<String> IN_PARTS = Set.of("digest", "sign", "verify", "encrypt", "decrypt");

    @TempDir
    Path folder;

    @Test
    void every_vector_ends_as_published_in_one_part() {
        assertEquals("", failures(null, one -> true));
    }

    @Test
    void every_vector_ends_as_published_in_parts_of_any_size() {
        long seed = new Random().nextLong();
        assertEquals(
                "", failures(new Random(seed), one -> IN_PARTS.contains(one.operation())), "with the seed " + seed);
    }

    /** Whether a program can say it: some cases of the core's tests have no place in a structure or an object. */
    private static boolean hasForm(String mechanism, VectorFile.Case one) {
        VectorFields fields = new VectorFields(one.fields());
        return switch (one.operation()) {
            /* A parameter of no bytes is none; and only one structure of SP 800-108 has an IV. */
            case "derive" ->
                (!fields.has("raw") || fields.length("raw") != 0)
                        && (!fields.has("iv") || mechanism.equals("CKM_SP800_108_FEEDBACK_KDF"));
            /* A key has at least one byte. */
            case "unwrap" -> fields.has("fault") || fields.length("output") != 0;
            /* CK_SALSA20_PARAMS does not say how long the counter is. */
            case "encrypt" -> !mechanism.equals("CKM_SALSA20") || fields.length("block-counter") == Long.BYTES;
            default -> true;
        };
    }

    private String failures(@Nullable Random cuts, Predicate<VectorFile.Case> wanted) {
        /* The vectors have keys and parameters that no careful profile takes. */
        Home home = new Home(folder, "token.profile = compat");
        home.newToken("vectors");
        List<String> failures = new ArrayList<>();
        try (Calls calls = Calls.start(home)) {
            for (VectorFile file : VectorFile.all(VECTORS)) {
                VectorCalls runner = new VectorCalls(calls, file, cuts);
                for (VectorFile.Case one : file.cases()) {
                    if (wanted.test(one) && hasForm(file.mechanism(), one)) {
                        try {
                            runner.run(one);
                        } catch (AssertionError e) {
                            failures.add(file.mechanism() + ", " + one.operation() + " at line " + one.line() + ": "
                                    + e.getMessage());
                        }
                    }
                }
            }
        }
        return String.join("\n", failures);
    }
}
