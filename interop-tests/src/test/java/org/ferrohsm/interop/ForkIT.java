// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.ferrohsm.interop.fixture.CPrograms;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that fork after C_Initialize, whose children a JVM does not follow. */
class ForkIT {
    private static final Path WORKERS = Product.PROJECT.resolve("interop-tests/src/test/python/workers.py");

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token_with_a_key() {
        home = new Home(folder);
        home.newToken("forked");
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--label", "key")
                .succeeded();
    }

    @Test
    void children_of_a_program_with_a_jvm_share_a_daemon_of_their_own() {
        assertEquals("", children());
    }

    @Test
    void children_of_a_program_that_is_served_are_served_too() {
        try (Daemon daemon = home.daemon()) {
            assertEquals("", children());
            assertTrue(daemon.pid() > 0);
        }
    }

    @Test
    void workers_of_pythons_multiprocessing_sign() {
        workers();
    }

    @Test
    void workers_of_pythons_multiprocessing_sign_with_a_daemon() {
        try (Daemon daemon = home.daemon()) {
            workers();
            assertTrue(daemon.pid() > 0);
        }
    }

    private String children() {
        return home.run(
                        "timeout",
                        "-s",
                        "KILL",
                        "100",
                        CPrograms.named("forks").toString(),
                        home.product().library().toString(),
                        Home.PIN)
                .succeeded()
                .says("4 tests, 0 failures")
                .errors();
    }

    private void workers() {
        home.run(
                        "/usr/bin/python3",
                        WORKERS.toString(),
                        home.product().library().toString(),
                        Home.PIN)
                .succeeded()
                .says("20 signatures");
    }
}
