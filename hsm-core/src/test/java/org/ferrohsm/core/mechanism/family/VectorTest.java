// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every vector of every mechanism, with the usual engines and with each kind of engine alone. */
class VectorTest {
    /** Mechanisms whose arithmetic the JDK does not have, as patterns. */
    private static final List<String> NOT_IN_THE_JDK = List.of(
            "CKM_RIPEMD160.*", "CKM_BLAKE2B_.*", "CKM_(CAMELLIA|ARIA|SEED)_.*", "CKM_AES_CCM", "CKM_CHACHA20_POLY1305");

    @TestFactory
    Stream<DynamicNode> every_vector_ends_as_published_with_the_usual_engines() {
        return vectors(EnumSet.allOf(EngineSource.class), file -> true, one -> true);
    }

    @TestFactory
    Stream<DynamicNode> every_vector_ends_as_published_with_the_jdk_alone() {
        return vectors(
                EnumSet.of(EngineSource.SUN, EngineSource.SUN_RSA_SIGN, EngineSource.SUN_EC, EngineSource.SUN_JCE),
                file -> NOT_IN_THE_JDK.stream().noneMatch(file.mechanism()::matches),
                one -> true);
    }

    /** Bouncy Castle names AES key wrap otherwise and knows Ed25519's variants by other parameters. */
    @TestFactory
    Stream<DynamicNode> every_vector_ends_as_published_with_bouncy_castle_alone() {
        return vectors(
                EnumSet.of(EngineSource.BOUNCY_CASTLE),
                file -> true,
                one -> !one.fields().containsKey("prehash")
                        && ((one.fields().containsKey("source") && !one.fields().containsKey("aes-bits"))
                                || !Set.of("wrap", "unwrap").contains(one.operation())));
    }

    private static Stream<DynamicNode> vectors(
            Set<EngineSource> sources, Predicate<VectorFile> files, Predicate<VectorFile.Case> wanted) {
        MechanismTable table = Families.table(new Engines(sources));
        return VectorFile.all().stream()
                .filter(files)
                .map(file -> dynamicContainer(
                        file.mechanism(),
                        file.cases().stream()
                                .filter(wanted)
                                .map(one -> dynamicTest(
                                        one.operation() + " at line " + one.line(),
                                        () -> new VectorRunner(table, file).run(one)))));
    }
}
