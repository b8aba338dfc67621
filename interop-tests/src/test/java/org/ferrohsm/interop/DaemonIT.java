// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.ferrohsm.interop.fixture.P11Kit;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's life: who finds it, what its end and its return mean to programs that run. */
class DaemonIT {
    private static final String HASH = HexFormat.of().formatHex(new byte[32]);

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token() {
        home = new Home(folder);
        home.newToken("served");
    }

    @Test
    void a_program_that_is_served_needs_no_java() {
        try (Daemon daemon = home.daemon()) {
            home.with("FERROHSM_JAVA_HOME", "/nonexistent");
            home.pkcs11Tool("-L").succeeded().says("served");
            home.with("FERROHSM_MODE", "auto");
            home.pkcs11Tool("-L").succeeded().says("served");
            home.with("FERROHSM_MODE", "embedded");
            home.pkcs11Tool("-L").failed();
            assertEquals(143, daemon.terminate());
        }
    }

    @Test
    void auto_is_embedded_where_no_daemon_answers_and_daemon_is_an_error() {
        home.with("FERROHSM_SOCKET", home.socket().toString()).with("FERROHSM_MODE", "auto");
        home.pkcs11Tool("-L").succeeded().says("served");
        home.with("FERROHSM_MODE", "daemon").with("FERROHSM_DEBUG", "1");
        try (Host host = home.host()) {
            assertEquals("CKR_GENERAL_ERROR", host.call("initialize").result());
            assertTrue(host.errors().contains(home.socket().toString()), host::errors);
            assertEquals(1, host.errors().lines().count(), host::errors);
        }
        home.with("FERROHSM_MODE", "sometimes");
        try (Host host = home.host()) {
            assertEquals("CKR_GENERAL_ERROR", host.call("initialize").result());
            assertTrue(host.errors().contains("sometimes"), host::errors);
        }
    }

    @Test
    void the_configuration_file_names_mode_and_socket_too() {
        Home other = new Home(folder, "daemon.socket = " + home.socket(), "mode = daemon");
        try (Host host = other.host()) {
            assertEquals("CKR_GENERAL_ERROR", host.call("initialize").result());
        }
        try (Daemon daemon = home.daemon();
                Host host = other.host()) {
            host.loggedIn(0);
            assertTrue(daemon.pid() > 0);
        }
    }

    @Test
    void a_running_program_outlives_a_daemon_that_is_killed_and_works_with_the_next() {
        Daemon first = home.daemon();
        try (Host host = running()) {
            restarted(host, first::kill);
        }
    }

    @Test
    void a_running_program_outlives_a_daemon_that_is_restarted() {
        Daemon first = home.daemon();
        try (Host host = running()) {
            restarted(host, () -> assertEquals(143, first.terminate()));
            assertFalse(Files.exists(home.socket()));
        }
        home.ferrohsm("audit", "verify").succeeded();
    }

    @Test
    void a_program_may_finalize_and_initialize_instead() {
        Daemon first = home.daemon();
        try (Host host = running()) {
            first.kill();
            try (Daemon daemon = home.daemon()) {
                host.call("finalize");
                host.loggedIn(0);
                assertEquals(1, host.find(Cka.CKA_LABEL, "kept".getBytes(UTF_8)));
                assertTrue(daemon.pid() > 0);
            }
        }
    }

    /** A program with a key in hand. */
    private Host running() {
        Host host = home.host().loggedIn(0);
        host.call("generate", "kept").ok();
        assertEquals(128, host.call("sign", HASH).ok().length());
        return host;
    }

    private void restarted(Host host, Runnable end) {
        end.run();
        assertEquals("CKR_DEVICE_REMOVED", host.call("sign", HASH).result());
        assertEquals("CKR_DEVICE_REMOVED", host.call("open", "0").result());
        try (Daemon next = home.daemon()) {
            assertEquals("CKR_SESSION_HANDLE_INVALID", host.call("sign", HASH).result());
            host.call("open", "0").ok();
            host.call("login", "user", Home.PIN).ok();
            assertEquals(1, host.find(Cka.CKA_LABEL, "kept".getBytes(UTF_8)));
            assertEquals(128, host.call("sign", HASH).ok().length());
            assertEquals(143, next.terminate());
        }
    }

    @Test
    void a_hang_up_reads_the_configuration_again_and_a_wrong_one_is_not_taken() {
        try (Daemon daemon = home.daemon()) {
            home.configure("daemon.allow = nobody-of-this-name\n");
            home.run("sh", "-c", "kill -HUP " + daemon.pid()).succeeded();
            assertTrue(daemon.awaits("kept").contains("nobody-of-this-name"));
            home.configure("daemon.allow = daemon\n");
            home.run("sh", "-c", "kill -HUP " + daemon.pid()).succeeded();
            daemon.awaits("again");
            home.pkcs11Tool("-L").succeeded().says("served");
        }
    }

    @Test
    void a_second_daemon_at_the_same_socket_is_refused() {
        try (Daemon daemon = home.daemon()) {
            home.ferrohsm("daemon").failed().says("already");
            home.pkcs11Tool("-L").succeeded().says("served");
            assertTrue(daemon.pid() > 0);
        }
    }

    @Test
    void a_service_manager_hands_over_its_socket_again_and_again_and_hears_of_each_step() {
        String once = "version 2 READY=1\nRELOADING=1 READY=1\nSTOPPING=1 143\n";
        Path manager = Product.PROJECT.resolve("interop-tests/src/test/python/manager.py");
        assertEquals(
                once + once,
                home.run(
                                "/usr/bin/python3",
                                manager.toString(),
                                home.product().command().toString())
                        .succeeded()
                        .text());
    }

    @Test
    void the_daemon_leaves_no_core_file() throws IOException {
        try (Daemon daemon = home.daemon()) {
            String limits = Files.readString(Path.of("/proc/" + daemon.pid() + "/limits"));
            assertTrue(limits.matches("(?s).*Max core file size +0 +0 .*"), limits);
        }
    }

    @Test
    void the_distributions_p11_kit_client_works_with_the_daemons_socket() {
        Path client = P11Kit.client();
        try (Daemon daemon = home.daemon()) {
            home.with("P11_KIT_SERVER_ADDRESS", "unix:path=" + home.socket());
            home.write("hash", new byte[32]);
            List<String> asUser = List.of("pkcs11-tool", "--module", client.toString(), "--login", "--pin", Home.PIN);
            home.run(line(asUser, "--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--label", "remote"))
                    .succeeded();
            home.run(line(asUser, "--sign", "-m", "ECDSA", "--id", "01", "-i", "hash", "-o", "signature"))
                    .succeeded();
            home.run(line(asUser, "--keypairgen", "--key-type", "RSA:2048", "--id", "02", "--label", "rsa"))
                    .succeeded();
            home.run(line(
                            asUser,
                            "--sign",
                            "-m",
                            "RSA-PKCS-PSS",
                            "--hash-algorithm",
                            "SHA256",
                            "--id",
                            "02",
                            "-i",
                            "hash",
                            "-o",
                            "pss"))
                    .succeeded();
            home.run(line(asUser, "--test")).succeeded().says("No errors");
            home.run("pkcs11-tool", "--module", client.toString(), "-L")
                    .succeeded()
                    .says("served");
            home.asUser("-O").succeeded().says("remote").says("rsa");
            assertTrue(daemon.pid() > 0);
        }
    }

    @Test
    void p11_kit_lists_the_daemons_tokens_where_a_module_file_names_its_socket() throws IOException {
        boolean root = System.getProperty("user.name").equals("root");
        home.configure("daemon.allow = www-data\n");
        Path modules = Files.createDirectories(home.file(".config/pkcs11/modules"));
        Files.writeString(modules.resolve("ferrohsm.module"), "remote: unix:path=" + home.socket() + "\n");
        try (Daemon daemon = home.daemon()) {
            List<String> list = List.of("p11-kit", "list-modules");
            if (root) {
                // p11-kit takes no module files from the home of root.
                home.run("chown", "-R", "www-data:", folder.toString()).succeeded();
                list = List.of(
                        "setpriv", "--reuid=www-data", "--regid=www-data", "--clear-groups", "p11-kit", "list-modules");
            }
            home.run(line(list))
                    .succeeded()
                    .says("library-manufacturer: FerroHSM")
                    .says("token: served");
            assertTrue(daemon.pid() > 0);
        }
    }

    private static String[] line(List<String> before, String... arguments) {
        List<String> line = new ArrayList<>(before);
        line.addAll(List.of(arguments));
        return line.toArray(String[]::new);
    }
}
