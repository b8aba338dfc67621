// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.ferrohsm.interop.fixture.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library needs is missing, wrong or damaged: C_Initialize says so, and nothing is lost. */
class BadSurroundingsIT {
    @TempDir
    Path folder;

    @Test
    void without_java_it_is_a_general_error_in_silence_or_with_one_line() {
        Home home = new Home(folder).with("FERROHSM_JAVA_HOME", "/nonexistent").with("PATH", "");
        refused(home, "FERROHSM_JAVA_HOME is /nonexistent");
    }

    @Test
    void a_misspelt_key_of_the_configuration_is_named_with_the_nearest_that_there_is() {
        Home home = new Home(folder);
        home.configure("pin.trys = 5\n");
        refused(home, "did you mean \"pin.tries\"?");
    }

    @Test
    void a_value_that_cannot_be_is_named() {
        Home home = new Home(folder);
        home.configure("pin.tries = many\n");
        refused(home, "pin.tries = many is no number");
    }

    @Test
    void a_configuration_file_that_is_not_there_is_named() {
        Home home = new Home(folder).with("FERROHSM_CONF", "/nonexistent/ferrohsm.conf");
        refused(home, "/nonexistent/ferrohsm.conf");
    }

    @Test
    void a_store_of_an_unknown_kind_is_named() {
        Home home = new Home(folder).with("FERROHSM_STORE", "papyrus:scroll");
        refused(home, "papyrus:scroll");
    }

    @Test
    void a_store_whose_folder_cannot_be_made_is_named() {
        Home home = new Home(folder);
        home.write("a-file", new byte[0]);
        home.with("FERROHSM_STORE", "sqlite:" + home.file("a-file/store.db"));
        refused(home, "a-file/store.db cannot be read or written");
    }

    @Test
    void another_programs_database_is_left_as_it_is() throws IOException {
        Home home = new Home(folder);
        try (Store other = new Store(home.store())) {
            other.copy("(SELECT 'an address' AS bookmark)", "bookmark");
        }
        byte[] before = Files.readAllBytes(home.store());
        refused(home, "another program's database");
        assertArrayEquals(before, Files.readAllBytes(home.store()));
    }

    @Test
    void a_file_that_is_no_database_is_left_as_it_is() throws IOException {
        Home home = new Home(folder);
        byte[] before = "a letter to grandmother, long enough to be taken for a page "
                .repeat(100)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(home.store(), before);
        Files.setPosixFilePermissions(
                home.store(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        refused(home, home.store().toString());
        assertArrayEquals(before, Files.readAllBytes(home.store()));
    }

    @Test
    void without_its_seal_key_a_store_is_refused_and_with_it_works_again() throws IOException {
        Home home = new Home(folder);
        home.newToken("sealed");
        Path aside = home.file("aside");
        Files.move(home.sealKey(), aside);
        refused(home, home.sealKey().toString());
        assertTrue(Files.notExists(home.sealKey()), "a new seal key was made for an old store");
        Files.move(aside, home.sealKey());
        home.asUser("-O").succeeded();
    }

    @Test
    void another_stores_seal_key_is_refused_and_the_right_one_works_again() throws IOException {
        Home home = new Home(folder);
        home.newToken("sealed");
        byte[] right = Files.readAllBytes(home.sealKey());
        Home other = new Home(Files.createDirectory(folder.resolve("other")));
        other.newToken("other");
        Files.write(home.sealKey(), Files.readAllBytes(other.sealKey()));
        refused(home, home.sealKey().toString());
        Files.write(home.sealKey(), right);
        home.asUser("-O").succeeded();
    }

    @Test
    void a_damaged_root_key_is_refused() {
        Home home = new Home(folder);
        home.newToken("rooted");
        try (Store store = new Store(home.store())) {
            store.change(
                    "UPDATE entry SET value = zeroblob(length(value)) WHERE name LIKE '%root%' AND scope = zeroblob(16)");
        }
        refused(home, "root key");
    }

    /** C_Initialize is CKR_GENERAL_ERROR, and the reason, which contains {@code words}, is one line for who asks. */
    private static void refused(Home home, String words) {
        try (Host host = home.host()) {
            assertEquals("CKR_GENERAL_ERROR", host.call("initialize").result());
            assertEquals("CKR_CRYPTOKI_NOT_INITIALIZED", host.call("slots").result());
            assertEquals("", host.errors());
        }
        home.with("FERROHSM_DEBUG", "1");
        try (Host host = home.host()) {
            assertEquals("CKR_GENERAL_ERROR", host.call("initialize").result(), host::errors);
            assertTrue(host.errors().contains(words), host::errors);
            assertEquals(1, host.errors().lines().count(), host::errors);
        }
        home.with("FERROHSM_DEBUG", "");
    }
}
