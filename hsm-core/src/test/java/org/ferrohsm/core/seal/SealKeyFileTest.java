// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ferrohsm.core.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealKeyFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void a_key_is_made_on_first_use_and_stays() {
        Path file = folder.resolve("seal.key");
        try (SealKey made = SealKey.loadOrCreate(file, RANDOM);
                SealKey again = SealKey.loadOrCreate(file, RANDOM);
                SealKey loaded = SealKey.load(file)) {
            assertEquals(32, made.bytes().length());
            assertTrue(made.bytes().matches(again.bytes()));
            assertTrue(made.bytes().matches(loaded.bytes()));
        }
    }

    @Test
    void a_new_file_and_its_new_folders_belong_to_their_owner_alone() throws IOException {
        Path file = folder.resolve("a/b/seal.key");
        SealKey.loadOrCreate(file, RANDOM).close();
        assertEquals("rw-------", mode(file));
        assertEquals("rwx------", mode(folder.resolve("a")));
        assertEquals("rwx------", mode(folder.resolve("a/b")));
    }

    @Test
    void nothing_but_the_key_is_left_in_the_folder() throws IOException {
        SealKey.loadOrCreate(folder.resolve("seal.key"), RANDOM).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("seal.key")), files.toList());
        }
    }

    @Test
    void load_never_makes_a_key() {
        Path file = folder.resolve("seal.key");
        assertRefused(file, "there is no seal key at " + file);
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
    void a_key_that_others_may_read_or_write_is_refused(String mode) throws IOException {
        Path file = made();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertRefused(file, "chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void a_key_that_its_owner_alone_may_read_is_accepted(String mode) throws IOException {
        Path file = made();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        SealKey.load(file).close();
    }

    @Test
    void a_folder_that_others_may_write_to_gets_no_key() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = folder.resolve("seal.key");
        assertFault(Fault.GENERAL_ERROR, () -> SealKey.loadOrCreate(file, RANDOM), "chmod go-w " + folder);
        assertFalse(Files.exists(file));
    }

    @Test
    void a_folder_in_the_key_s_place_is_refused() throws IOException {
        Path file = Files.createDirectory(folder.resolve("seal.key"));
        assertRefused(file, "is no plain file");
    }

    @Test
    void a_pipe_in_the_key_s_place_is_refused_without_waiting_for_a_writer() throws Exception {
        Path file = folder.resolve("seal.key");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "600", file.toString())
                        .start()
                        .waitFor());
        assertRefused(file, "is no plain file");
    }

    @Test
    void a_link_to_a_key_is_followed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), made());
        SealKey.load(link).close();
    }

    @Test
    void a_key_without_its_last_newline_is_accepted() throws IOException {
        Path file = made();
        write(file, Files.readString(file).strip());
        SealKey.load(file).close();
    }

    @Test
    void a_file_that_is_no_seal_key_is_refused() throws IOException {
        Path file = made();
        write(file, "-----BEGIN PRIVATE KEY-----\n");
        assertRefused(file, "is no FerroHSM seal key");
        write(file, "");
        assertRefused(file, "is no FerroHSM seal key");
    }

    @Test
    void a_key_of_another_length_is_refused() throws IOException {
        Path file = made();
        String text = Files.readString(file);
        for (String changed : List.of(text.substring(0, 40), text.strip() + "A", text + text, text + "\n")) {
            write(file, changed);
            assertRefused(file, "is damaged");
        }
    }

    @Test
    void any_other_character_in_the_file_is_noticed() throws IOException {
        Path file = made();
        byte[] text = Files.readAllBytes(file);
        try (SealKey before = SealKey.load(file)) {
            for (int i = 0; i < text.length - 1; i++) {
                byte[] changed = text.clone();
                changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');
                Files.write(file, changed);
                assertFault(Fault.GENERAL_ERROR, () -> SealKey.load(file));
            }
            Files.write(file, text);
            try (SealKey after = SealKey.load(file)) {
                assertTrue(before.bytes().matches(after.bytes()));
            }
        }
    }

    @Test
    void an_unwritable_place_is_refused_with_what_to_do() {
        Path file = Path.of("/proc/none/seal.key");
        assertFault(Fault.GENERAL_ERROR, () -> SealKey.loadOrCreate(file, RANDOM), "name a place");
    }

    @Test
    void the_format_of_the_file_is_the_one_of_version_1() throws IOException {
        Path file = made();
        write(file, "ferrohsm-seal-key-v1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+jfGYD8DAP5Q==\n");
        try (SealKey key = SealKey.load(file)) {
            key.bytes().use(bytes -> {
                assertArrayEquals(
                        HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                        bytes);
                return true;
            });
        }
    }

    @Test
    void threads_that_make_the_key_at_once_get_the_same_one() throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                Path file = folder.resolve("round" + round).resolve("seal.key");
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<String>> keys = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    keys.add(pool.submit(() -> {
                        start.await();
                        return hex(file);
                    }));
                }
                Set<String> distinct = new HashSet<>();
                for (Future<String> key : keys) {
                    distinct.add(key.get());
                }
                assertEquals(1, distinct.size());
                assertEquals(distinct, Set.of(hex(file)));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static String hex(Path file) {
        try (SealKey key = SealKey.loadOrCreate(file, RANDOM)) {
            return key.bytes().use(bytes -> HexFormat.of().formatHex(bytes));
        }
    }

    private Path made() {
        Path file = folder.resolve("seal.key");
        SealKey.loadOrCreate(file, RANDOM).close();
        return file;
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void assertRefused(Path file, String part) {
        assertFault(Fault.GENERAL_ERROR, () -> SealKey.load(file), part);
    }
}
