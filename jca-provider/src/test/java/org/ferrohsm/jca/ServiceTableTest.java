// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every service of the provider, used. */
class ServiceTableTest {
    private static final int LEAST_SERVICES = 140;

    @TempDir
    static Path folder;

    private static Provider provider;

    /** What is done to a service. */
    @FunctionalInterface
    private interface Step {
        void on(Provider.Service service) throws GeneralSecurityException;
    }

    @BeforeAll
    static void open() throws Exception {
        provider = TestToken.in(folder).provider();
        TestToken.keyStore(provider);
    }

    @AfterAll
    static void close() {
        Security.removeProvider(FerroHsmProvider.NAME);
    }

    @Test
    void every_service_works_by_a_provider_that_is_not_registered() {
        assertAll(new ServiceExercise(provider, true)::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last"})
    void every_service_is_found_for_its_keys_wherever_the_provider_stands(String place) {
        Security.insertProviderAt(provider, place.equals("first") ? 1 : Security.getProviders().length + 1);
        try {
            assertAll(new ServiceExercise(provider, false)::run);
        } finally {
            Security.removeProvider(FerroHsmProvider.NAME);
        }
    }

    @Test
    void every_service_refuses_a_key_of_somebody_else() {
        assertAll(new ServiceExercise(provider, true)::offerForeignKey);
    }

    private static void assertAll(Step step) {
        List<String> failures = new ArrayList<>();
        int count = 0;
        for (Provider.Service service : provider.getServices()) {
            count++;
            try {
                step.on(service);
            } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
                failures.add(service.getType() + " " + service.getAlgorithm() + ": " + e);
            }
        }
        assertEquals(List.of(), failures);
        assertTrue(count >= LEAST_SERVICES, "only " + count + " services");
    }
}
