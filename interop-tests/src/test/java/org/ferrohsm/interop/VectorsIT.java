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
import java.util.regex.Pattern;
import org.ferrohsm.interop.fixture.Calls;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.VectorFields;
import org.ferrohsm.interop.fixture.VectorFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mechanisms' published vectors through the functions of the library. Those of TLS and IPsec run in the core's tests
 * alone, as their structures have no form here.
 */
class VectorsIT {
    private static final Set<String> IN_PARTS = Set.of("digest", "sign", "verify", "encrypt", "decrypt");

    private static final Pattern ELSEWHERE = Pattern.compile("CKM_(TLS|IKE).*");

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

    /** Some structures have no place for what is wrong in a case of the core, and a key has at least one byte. */
    private static boolean hasForm(VectorFile file, VectorFile.Case one) {
        return switch (one.operation()) {
            case "derive" -> hasForm(file.mechanism(), one.fields());
            case "unwrap" -> one.fields().has("fault") || one.fields().length("output") != 0;
            case "encrypt" ->
                !file.mechanism().equals("CKM_SALSA20") || one.fields().length("block-counter") == Long.BYTES;
            default -> true;
        };
    }

    private static boolean hasForm(String mechanism, VectorFields fields) {
        boolean emptyKey = fields.has("raw") && fields.length("raw") == 0;
        boolean strayIv = fields.has("prf-fields") && fields.has("iv");
        return !emptyKey && (!strayIv || mechanism.equals("CKM_SP800_108_FEEDBACK_KDF"));
    }

    private String failures(@Nullable Random cuts, Predicate<VectorFile.Case> wanted) {
        /* The vectors have keys and parameters that no careful profile takes. */
        Home home = new Home(folder, "token.profile = compat");
        home.newToken("vectors");
        List<String> failures = new ArrayList<>();
        try (Calls calls = Calls.start(home)) {
            for (VectorFile file : VectorFile.all()) {
                if (ELSEWHERE.matcher(file.mechanism()).matches()) {
                    continue;
                }
                VectorCalls runner = new VectorCalls(calls, file, cuts);
                for (VectorFile.Case one : file.cases()) {
                    if (wanted.test(one) && hasForm(file, one)) {
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
