// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;

/** The rooms of docs/ARCHITECTURE.md and the arrows between them. */
class ArchitectureTest {
    /** Fewer classes than this mean that the import went wrong, and every rule would hold for nothing. */
    private static final int LEAST_CLASSES = 300;

    private static final String FAMILY = "org.ferrohsm.core.mechanism.family";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(
                    "org.ferrohsm.store",
                    "org.ferrohsm.core",
                    "org.ferrohsm.jca",
                    "org.ferrohsm.bridge",
                    "org.ferrohsm.cli");

    @Test
    void the_rules_look_at_the_whole_product() {
        assertTrue(CLASSES.size() > LEAST_CLASSES, () -> "only " + CLASSES.size() + " classes were found");
        for (String room : List.of("store", "core", "jca", "bridge", "cli")) {
            assertTrue(
                    CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith("org.ferrohsm." + room)),
                    () -> "no class of " + room + " was found");
        }
    }

    @Test
    void arrows_point_down_and_doors_do_not_know_each_other() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("jca")
                .definedBy("org.ferrohsm.jca..")
                .layer("bridge")
                .definedBy("org.ferrohsm.bridge..")
                .layer("cli")
                .definedBy("org.ferrohsm.cli..")
                .layer("core")
                .definedBy("org.ferrohsm.core..")
                .layer("store")
                .definedBy("org.ferrohsm.store..")
                .whereLayer("jca")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bridge")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers("jca", "bridge", "cli")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("core")
                .check(CLASSES);
    }

    @Test
    void the_core_sees_only_the_api_of_the_store() {
        noClasses()
                .that()
                .resideInAPackage("org.ferrohsm.core..")
                .should()
                .dependOnClassesThat(are(resideInAnyPackage(
                        "org.ferrohsm.store.sqlite..", "org.ferrohsm.store.memory..", "org.ferrohsm.store.support..")))
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("org.ferrohsm.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void each_library_has_its_room() {
        confine("java.sql..", "org.ferrohsm.store.sqlite..");
        confine("org.sqlite..", "org.ferrohsm.store.sqlite..");
        confine("jnr..", "org.ferrohsm.bridge..", "org.ferrohsm.core.platform..");
        confine("picocli..", "org.ferrohsm.cli..");
        confine("com.fasterxml.jackson..", "org.ferrohsm.cli..", "org.ferrohsm.core.governance.policy..");
        // Time stamps, witnesses and S3 are reached by HTTP: that is what these anchors of the audit log are.
        confine("java.net.http..", "org.ferrohsm.rest..", "org.ferrohsm.core.anchor..");
        confine("org.bouncycastle..", FAMILY + "..", "org.ferrohsm.core.engine..", "org.ferrohsm.core.seal..");
        confine(
                "javax.crypto..",
                FAMILY + "..",
                "org.ferrohsm.core.engine..",
                "org.ferrohsm.core.seal..",
                "org.ferrohsm.jca..");
    }

    private static void confine(String library, String... rooms) {
        noClasses()
                .that(are(not(resideInAnyPackage(rooms))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void families_are_final_and_do_not_know_each_other() {
        classes()
                .that()
                .resideInAPackage(FAMILY)
                .and()
                .haveSimpleNameEndingWith("Family")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould(knowNoOther(FAMILY))
                .check(CLASSES);
    }

    private static ArchCondition<JavaClass> knowNoOther(String room) {
        return new ArchCondition<>("know no other family") {
            @Override
            public void check(JavaClass family, ConditionEvents events) {
                family.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> target.getPackageName().equals(room))
                        .filter(simpleNameEndingWith("Family"))
                        .filter(target -> !target.equals(family))
                        .forEach(target -> events.add(SimpleConditionEvent.violated(
                                family, family.getName() + " knows " + target.getName())));
            }
        };
    }

    @Test
    void only_the_bridge_speaks_of_return_values() {
        noClasses()
                .that(are(not(resideInAnyPackage("org.ferrohsm.bridge..", "org.ferrohsm.core.ck.."))))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Ckr.class)
                .check(CLASSES);
    }

    @Test
    void secret_bytes_are_read_only_where_they_are_computed_with_or_sealed() {
        noClasses()
                .that(are(not(resideInAnyPackage(
                        FAMILY + "..",
                        "org.ferrohsm.core.seal..",
                        "org.ferrohsm.core.secret..",
                        "org.ferrohsm.core.audit.."))))
                // Objects are encoded for sealing, and what is extractable is shown and digested on request.
                .and()
                .doNotHaveFullyQualifiedName("org.ferrohsm.core.token.ObjectCodec")
                .and()
                .doNotHaveFullyQualifiedName("org.ferrohsm.core.service.ObjectService")
                .and()
                .doNotHaveFullyQualifiedName("org.ferrohsm.core.service.CryptoService")
                // A wrapped key is a message to its cipher, and loses its filling when it is unwrapped.
                .and()
                .doNotHaveFullyQualifiedName("org.ferrohsm.core.service.AuthenticatedWrapper")
                .and()
                .doNotHaveFullyQualifiedName("org.ferrohsm.core.service.Filling")
                .should()
                .callMethod(SecretBytes.class, "use", java.util.function.Function.class)
                .check(CLASSES);
    }

    @Test
    void nothing_static_changes() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .doNotHaveFullyQualifiedName("org.ferrohsm.bridge.EntryPoint")
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void time_comes_from_a_clock_that_was_given() {
        noClasses()
                .that(are(not(resideInAnyPackage("org.ferrohsm.core.boot.."))))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_room_it_is_and_that_null_is_marked() {
        classes()
                .should(new ArchCondition<>("be in a package with a null-marked package-info") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        if (!marked) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " has no null-marked package-info"));
                        }
                    }
                })
                .check(CLASSES);
    }
}
