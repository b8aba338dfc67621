// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final long EPOCH = 4;

    @TempDir
    Path folder;

    private final RefusingStore store = new RefusingStore(Stores.open("memory:"));

    @AfterEach
    void close() {
        store.close();
    }

    private AuditLog open(UUID boot) {
        return AuditLog.open(store, AuditFixture.settings(folder, boot), EPOCH);
    }

    private AuditLog open() {
        return open(AuditFixture.BOOT);
    }

    private void assertGenuine(long count) {
        UUID id = AuditFixture.records(store).get(0).log();
        try (VerificationKey key = VerificationKey.read(folder.resolve(VerificationKey.fileName(id)))) {
            VerifyReport report = AuditFixture.verify(store, EPOCH, key);
            assertNull(report.finding());
            assertEquals(count, report.count());
            assertEquals(0L, report.macsCheckedFrom());
        }
    }

    private static Fault faultOf(Executable call) {
        return assertThrows(HsmException.class, call).fault();
    }

    @Test
    void a_new_log_begins_with_its_creation_and_a_link_of_zeros() {
        try (AuditLog log = open()) {
            AuditRecord first = AuditFixture.records(store).get(0);
            assertEquals(0, first.seq());
            assertEquals(log.id(), first.log());
            assertTrue(first.event().is(AuditAction.LOG_CREATE));
            assertArrayEquals(new byte[32], first.previous());
            assertEquals("test", first.event().text("program").orElseThrow());
        }
    }

    @Test
    void each_record_names_the_leaf_hash_of_the_one_before() {
        try (AuditLog log = open()) {
            for (int i = 1; i <= 10; i++) {
                assertEquals(i, log.append(login()));
            }
        }
        List<AuditRecord> records = AuditFixture.records(store);
        for (int i = 1; i < records.size(); i++) {
            assertArrayEquals(
                    TreeHash.leaf(records.get(i - 1).encode()), records.get(i).previous());
        }
        assertGenuine(11);
    }

    @Test
    void a_record_commits_with_the_change_it_tells_of() {
        try (AuditLog log = open()) {
            long seq = store.write(tx -> {
                tx.putEntry(AuditFixture.TOKEN, "change", new byte[] {1});
                return log.append(tx, login());
            });
            assertEquals(1, seq);
            assertTrue(store.read(tx -> tx.entry(AuditFixture.TOKEN, "change")).isPresent());
        }
        assertGenuine(2);
    }

    @Test
    void a_change_that_is_undone_leaves_no_record_and_its_number_is_used_by_the_next() {
        try (AuditLog log = open()) {
            for (int round = 0; round < 3 * EPOCH; round++) {
                assertThrows(
                        IllegalStateException.class,
                        () -> store.write(tx -> {
                            log.append(tx, login());
                            throw new IllegalStateException("undone");
                        }));
                assertEquals(round + 1, log.append(login()));
            }
        }
        assertGenuine(3 * EPOCH + 1);
    }

    @Test
    void a_transaction_undone_across_the_end_of_an_epoch_leaves_the_key_as_it_was() {
        try (AuditLog log = open()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> store.write(tx -> {
                        log.append(tx, Collections.nCopies(20, login()));
                        throw new IllegalStateException("undone");
                    }));
            assertEquals(0, log.currentKey().epoch());
            log.append(Collections.nCopies(20, login()));
            assertEquals(21 / EPOCH, log.currentKey().epoch());
        }
        assertGenuine(21);
    }

    @Test
    void events_of_one_call_stand_next_to_one_another() {
        try (AuditLog log = open()) {
            long first = log.append(List.of(login(), AuditFixture.fullEvent(), login()));
            assertEquals(1, first);
            assertEquals(List.of("LOG_CREATE", "LOGIN", "SIGN", "LOGIN"), AuditFixture.operations(store));
        }
    }

    @Test
    void another_run_begins_with_one_start_record() {
        open().close();
        try (AuditLog log = open(new UUID(2, 2))) {
            assertEquals(2, log.append(login()));
            assertEquals(3, log.append(login()));
        }
        assertEquals(List.of("LOG_CREATE", "LOG_START", "LOGIN", "LOGIN"), AuditFixture.operations(store));
        assertGenuine(4);
    }

    @Test
    void a_run_that_records_nothing_leaves_no_trace() {
        open().close();
        open(new UUID(2, 2)).close();
        assertEquals(List.of("LOG_CREATE"), AuditFixture.operations(store));
    }

    @Test
    void a_start_record_that_was_undone_is_written_again_even_if_another_run_took_its_number() {
        try (AuditLog first = open();
                AuditLog second = open(new UUID(2, 2))) {
            assertThrows(
                    IllegalStateException.class,
                    () -> store.write(tx -> {
                        second.append(tx, login());
                        throw new IllegalStateException("undone");
                    }));
            first.append(login());
            first.append(login());
            store.write(tx -> second.append(tx, login()));
            first.append(login());
            store.write(tx -> second.append(tx, login()));
        }
        assertEquals(
                List.of("LOG_CREATE", "LOGIN", "LOGIN", "LOG_START", "LOGIN", "LOGIN", "LOGIN"),
                AuditFixture.operations(store));
        assertGenuine(7);
    }

    @Test
    void the_first_key_goes_to_a_file_for_its_owner_alone_and_stays_nowhere_else() throws Exception {
        try (AuditLog log = open()) {
            Path file = folder.resolve(VerificationKey.fileName(log.id()));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            try (VerificationKey first = VerificationKey.read(file);
                    VerificationKey current = log.currentKey()) {
                assertEquals(log.id(), first.log());
                assertEquals(0, first.epoch());
                assertTrue(first.key().bytes().matches(current.key().bytes()));
            }
            for (int i = 0; i < EPOCH; i++) {
                log.append(login());
            }
            try (VerificationKey first = VerificationKey.read(file);
                    VerificationKey current = log.currentKey();
                    EpochKey next = first.key().next()) {
                assertEquals(1, current.epoch());
                assertFalse(first.key().bytes().matches(current.key().bytes()));
                assertTrue(next.bytes().matches(current.key().bytes()));
            }
        }
    }

    @Test
    void the_key_in_the_store_opens_with_the_right_root_key_alone() {
        open().close();
        AuditSettings settings = AuditFixture.settings(folder);
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 8);
        AuditSettings wrong = new AuditSettings(
                SecretBytes.adopt(other),
                settings.origin(),
                settings.clock(),
                settings.nanos(),
                settings.random(),
                folder);
        try (AuditLog log = AuditLog.open(store, wrong, EPOCH)) {
            assertEquals(Fault.DEVICE_ERROR, faultOf(() -> log.append(login())));
        }
        assertEquals(1, AuditFixture.records(store).size());
    }

    @Test
    void two_new_logs_have_nothing_in_common() throws Exception {
        try (TokenStore other = Stores.open("memory:");
                AuditLog one = open();
                AuditLog two = AuditLog.open(other, AuditFixture.settings(folder), EPOCH)) {
            assertNotEquals(one.id(), two.id());
            try (VerificationKey a = one.currentKey();
                    VerificationKey b = two.currentKey()) {
                assertFalse(a.key().bytes().matches(b.key().bytes()));
            }
        }
    }

    @Test
    void a_key_file_that_cannot_be_written_means_that_no_log_is_created() {
        AuditSettings settings = AuditFixture.settings(folder.resolve("missing"));
        assertEquals(Fault.DEVICE_ERROR, faultOf(() -> AuditLog.open(store, settings)));
        assertTrue(store.read(tx -> tx.lastAudit()).isEmpty());
        assertTrue(store.read(tx -> tx.entry(Scopes.STORE, AuditHead.ENTRY)).isEmpty());
    }

    @Test
    void a_log_that_cannot_be_stored_leaves_no_key_file() throws Exception {
        store.refuse(StoreException.Kind.FULL);
        assertEquals(Fault.DEVICE_MEMORY, faultOf(this::open));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void where_the_store_is_full_appending_fails_with_device_memory_and_goes_on_afterwards() {
        try (AuditLog log = open()) {
            store.refuse(StoreException.Kind.FULL);
            assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> log.append(login())));
            store.refuse(null);
            assertEquals(1, log.append(login()));
        }
        assertGenuine(2);
    }

    @Test
    void where_the_store_cannot_be_written_appending_fails_with_device_error() {
        try (AuditLog log = open()) {
            for (StoreException.Kind kind : StoreException.Kind.values()) {
                if (kind != StoreException.Kind.FULL) {
                    store.refuse(kind);
                    assertEquals(Fault.DEVICE_ERROR, faultOf(() -> log.append(login())));
                }
            }
        }
        assertEquals(1, AuditFixture.records(store).size());
    }

    @Test
    void a_log_whose_head_is_gone_old_or_damaged_is_not_written_to() {
        try (AuditLog log = open()) {
            byte[] old = head();
            log.append(login());
            byte[] right = head();
            byte[] damaged = right.clone();
            damaged[damaged.length - 1] ^= 1;
            for (byte[] wrong : new byte[][] {old, damaged, new byte[0], {0x18, 0x01}}) {
                putHead(wrong);
                assertEquals(Fault.DEVICE_ERROR, faultOf(() -> log.append(login())));
            }
            store.write(tx -> {
                tx.removeEntry(Scopes.STORE, AuditHead.ENTRY);
                return true;
            });
            assertEquals(Fault.DEVICE_ERROR, faultOf(() -> log.append(login())));
            assertEquals(Fault.DEVICE_ERROR, faultOf(() -> open(new UUID(2, 2))));
            putHead(right);
            assertEquals(2, log.append(login()));
        }
        assertGenuine(3);
    }

    private byte[] head() {
        return store.read(tx -> tx.entry(Scopes.STORE, AuditHead.ENTRY).orElseThrow());
    }

    private void putHead(byte[] head) {
        store.write(tx -> {
            tx.putEntry(Scopes.STORE, AuditHead.ENTRY, head);
            return true;
        });
    }

    @Test
    void a_closed_log_takes_no_more_records() {
        AuditLog log = open();
        log.close();
        log.close();
        assertEquals(Fault.CRYPTOKI_NOT_INITIALIZED, faultOf(() -> log.append(login())));
        assertEquals(1, AuditFixture.records(store).size());
    }
}
