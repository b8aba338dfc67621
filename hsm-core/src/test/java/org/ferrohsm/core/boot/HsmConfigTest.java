// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ferrohsm.core.audit.LeaseTerms;
import org.ferrohsm.core.fault.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsmConfigTest {
    @TempDir
    Path home;

    private Map<String, String> environment;

    @BeforeEach
    void start_from_an_empty_home() {
        environment = new HashMap<>(Map.of("HOME", home.toString()));
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void nothing_needs_to_be_configured() {
        HsmConfig config = HsmConfig.load(environment);
        assertEquals("sqlite:" + home + "/.local/share/ferrohsm/store.db", config.store());
        assertEquals(home.resolve(".config/ferrohsm/seal.key"), config.sealKeyFile());
        assertEquals(10, config.pinTries());
        assertEquals(LeaseTerms.DEFAULT, config.leaseTerms());
        assertNull(config.file());
    }

    @Test
    void the_file_that_is_named_stands_above_the_users() throws IOException {
        write(".config/ferrohsm/ferrohsm.conf", "pin.tries = 4\n");
        assertEquals(4, HsmConfig.load(environment).pinTries());
        environment.put(
                "FERROHSM_CONF",
                write("other.conf", "# a comment\n\n pin.tries=5").toString());
        assertEquals(5, HsmConfig.load(environment).pinTries());
        environment.put("FERROHSM_STORE", "memory:");
        assertEquals("memory:", HsmConfig.load(environment).store());
        assertEquals(6, HsmConfig.load(environment, Map.of("pin.tries", "6")).pinTries());
    }

    @Test
    void the_daemons_socket_is_the_environments_else_in_the_runtime_folder() {
        assertEquals(
                Path.of("/run/ferrohsm/daemon.sock"),
                HsmConfig.load(environment).daemon().socket());
        environment.put("XDG_RUNTIME_DIR", "/run/user/5");
        assertEquals(
                Path.of("/run/user/5/ferrohsm/daemon.sock"),
                HsmConfig.load(environment).daemon().socket());
        environment.put("FERROHSM_SOCKET", "/elsewhere/socket");
        assertEquals(
                Path.of("/elsewhere/socket"),
                HsmConfig.load(environment).daemon().socket());
    }

    @Test
    void an_unknown_key_is_refused_with_the_nearest_one_and_its_line() throws IOException {
        Path file = write("c.conf", "store = memory:\npin.trys = 3\n");
        environment.put("FERROHSM_CONF", file.toString());
        assertFault(
                Fault.ARGUMENTS_BAD, () -> HsmConfig.load(environment), file + " line 2", "pin.trys", "\"pin.tries\"");
    }

    @Test
    void values_that_cannot_be_meant_are_refused_by_name() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "pin.tries", "0",
                        "pin.argon2.memory-kib", "1000",
                        "audit.mode", "sometimes",
                        "audit.lease.uses", "many",
                        "mode", "sometimes",
                        "daemon.connections", "0",
                        "daemon.idle-seconds", "-1")
                .entrySet()) {
            assertFault(
                    Fault.ARGUMENTS_BAD, () -> HsmConfig.load(environment, Map.of(wrong.getKey(), wrong.getValue())));
        }
    }

    @Test
    void a_file_that_is_named_and_not_there_is_an_error() {
        environment.put("FERROHSM_CONF", home.resolve("missing").toString());
        assertFault(Fault.ARGUMENTS_BAD, () -> HsmConfig.load(environment), "missing", "FERROHSM_CONF");
    }

    @Test
    void a_key_given_twice_and_a_line_without_a_value_are_errors() throws IOException {
        environment.put("FERROHSM_CONF", write("a.conf", "node=a\nnode=b\n").toString());
        assertFault(Fault.ARGUMENTS_BAD, () -> HsmConfig.load(environment), "line 2", "second time");
        environment.put("FERROHSM_CONF", write("b.conf", "node\n").toString());
        assertFault(Fault.ARGUMENTS_BAD, () -> HsmConfig.load(environment), "line 1", "key = value");
    }

    @Test
    void a_store_in_a_place_that_is_no_folder_gives_a_sentence() throws IOException {
        Path file = write("plain", "");
        environment.put("FERROHSM_STORE", "sqlite:" + file + "/store.db");
        assertFault(
                Fault.DEVICE_ERROR,
                () -> HsmRuntime.open(HsmConfig.load(environment)).close(),
                file.toString());
    }

    @Test
    void the_seal_key_is_made_on_first_use_outside_the_store_and_is_needed_ever_after() throws IOException {
        environment.put("FERROHSM_STORE", "sqlite:" + home.resolve("s/store.db"));
        HsmConfig config = HsmConfig.load(environment);
        HsmRuntime.open(config).close();
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(config.sealKeyFile())));
        assertFalse(config.sealKeyFile().startsWith(home.resolve("s")));
        Files.delete(config.sealKeyFile());
        assertFault(
                Fault.GENERAL_ERROR,
                () -> HsmRuntime.open(config).close(),
                config.sealKeyFile().toString());
        assertTrue(Files.notExists(config.sealKeyFile()), "no new seal key is made for a store that needs the old one");
    }
}
