// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Page;
import org.ferrohsm.interop.fixture.Product;
import org.ferrohsm.interop.fixture.TlsClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Web servers that fork, whose TLS key is on a token: the configurations of docs/programs.md under load and reload. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WebServersIT {
    private static final Page PAGE = Page.of("programs.md");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    /** Whom root's servers have as workers. */
    private static final String WORKER = "www-data";

    private static final int RELOADS = 2;

    @TempDir
    Path folder;

    private Home home;
    private int port;

    @BeforeEach
    void a_token_with_a_key_and_its_certificate() throws IOException {
        // A tree that the workers may read, wherever the project lies.
        home = new Home(folder, new Product(folder.resolve("dist")), ROOT ? "daemon.allow = " + WORKER : "");
        home.newToken("work");
        home.run("cp", "-a", Product.built().root().toString(), "dist").succeeded();
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--label", "web")
                .succeeded();
        home.write("text", "a text".getBytes(StandardCharsets.UTF_8));
        home.with("MODULE", home.product().library().toString());
        home.run("sh", "-exc", ofThisTest(PAGE.block("sh", "openssl.cnf"))).succeeded();
        home.with("OPENSSL_CONF", home.file("openssl.cnf").toString());
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
    }

    @AfterEach
    void the_server_ends() throws Exception {
        if (Files.exists(home.file("server.pid"))) {
            ProcessHandle server = server();
            server.destroy();
            server.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void nginx_with_four_workers_answers_every_client_through_two_reloads() throws Exception {
        String paths = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                .map(kind -> kind + "_temp_path " + kind + ";\n")
                .collect(Collectors.joining("", "http {\n", ""));
        configure("nginx.conf", PAGE.block("nginx", "").replace("http {\n", paths), "user " + WORKER + ";\n");
        List<String> nginx = List.of("nginx", "-p", folder.toString(), "-e", "error.log", "-c", "nginx.conf");
        serves(nginx, "-s", "reload");
        assertEquals(4, workers().size());
    }

    @Test
    void apache_that_forks_beforehand_answers_every_client_through_two_reloads() throws Exception {
        Files.writeString(Files.createDirectory(home.file("www")).resolve("index.html"), "hello\n");
        configure("apache.conf", PAGE.block("apache", ""), "User " + WORKER + "\nGroup " + WORKER + "\n");
        serves(List.of("apache2", "-d", folder.toString(), "-f", "apache.conf"), "-k", "graceful");
    }

    private void configure(String name, String block, String asRoot) {
        String text = ofThisTest(block).replace("8443", Integer.toString(port));
        home.write(name, ((ROOT ? asRoot : "") + text).getBytes(StandardCharsets.UTF_8));
        if (ROOT) {
            home.run("chown", "-R", WORKER + ":", folder.toString()).succeeded();
        }
    }

    private static String ofThisTest(String block) {
        return block.replace("pin-value=1234", "pin-value=" + Home.PIN);
    }

    /** Starts the server, and reloads it under load: every client is answered. */
    private void serves(List<String> start, String... reload) throws IOException, GeneralSecurityException {
        home.run(start.toArray(String[]::new)).succeeded();
        try (TlsClients clients = new TlsClients(home.file("web.pem"), port)) {
            assertTrue(clients.ask().contains("hello"));
            clients.start();
            for (int i = 0; i < RELOADS; i++) {
                Set<ProcessHandle> before = workers();
                int answered = clients.answered();
                home.run(Stream.concat(start.stream(), Arrays.stream(reload)).toArray(String[]::new))
                        .succeeded();
                Set<ProcessHandle> now = workers();
                while (now.isEmpty() || !Collections.disjoint(before, now) || clients.answered() == answered) {
                    clients.ask();
                    now = workers();
                }
            }
            assertEquals(List.of(), List.copyOf(clients.stop()), () -> clients.answered() + " answered");
        }
    }

    private Set<ProcessHandle> workers() throws IOException {
        return server().children().collect(Collectors.toSet());
    }

    private ProcessHandle server() throws IOException {
        long pid = Long.parseLong(Files.readString(home.file("server.pid")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }
}
