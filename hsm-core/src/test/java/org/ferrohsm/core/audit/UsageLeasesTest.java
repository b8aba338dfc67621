// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.leaseKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class UsageLeasesTest {
    @TempDir
    Path folder;

    private final RefusingStore store = new RefusingStore(Stores.open("memory:"));
    private final TestTime time = new TestTime();
    private AuditLog log;

    @BeforeEach
    void open() {
        log = AuditLog.open(store, AuditFixture.settings(folder, AuditFixture.BOOT, time), Tape.EPOCH);
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
    }

    private UsageLeases leases(long uses, long seconds) {
        return new UsageLeases(log, new LeaseTerms(uses, seconds), time.nanos());
    }

    private List<AuditEvent> events(AuditAction action) {
        return AuditFixture.records(store).stream()
                .map(AuditRecord::event)
                .filter(event -> event.is(action))
                .toList();
    }

    private List<String> operations() {
        List<String> operations = AuditFixture.operations(store);
        return operations.subList(1, operations.size());
    }

    private static long sum(List<AuditEvent> events, String name) {
        return events.stream()
                .mapToLong(event -> event.number(name).orElseThrow())
                .sum();
    }

    private void assertGenuine(long openLeases) {
        try (VerificationKey key = VerificationKey.read(folder.resolve(VerificationKey.fileName(log.id())))) {
            VerifyReport report = AuditFixture.verify(store, Tape.EPOCH, key);
            assertNull(report.finding());
            assertEquals(openLeases, report.openLeases());
        }
    }

    private static Fault faultOf(Executable call) {
        return assertThrows(HsmException.class, call).fault();
    }

    @Test
    void the_first_use_is_covered_by_a_durable_record_and_the_next_ones_by_the_same() {
        UsageLeases leases = leases(100, 60);
        Lease first = leases.acquire(leaseKey(1));
        assertEquals(List.of("KEY_USE_OPEN"), operations());
        AuditEvent opening = events(AuditAction.KEY_USE_OPEN).get(0);
        assertEquals(100, opening.number("uses").orElseThrow());
        assertEquals(60, opening.number("seconds").orElseThrow());
        assertEquals("SIGN", opening.text("operation").orElseThrow());
        assertEquals(AuditFixture.OBJECT, opening.object());
        first.used();
        for (int i = 1; i < 100; i++) {
            Lease next = leases.acquire(leaseKey(1));
            assertSame(first, next);
            next.used();
        }
        assertEquals(List.of("KEY_USE_OPEN"), operations());
        assertGenuine(1);
    }

    @Test
    void a_closed_session_leaves_the_exact_count_of_uses_and_failures() {
        UsageLeases leases = leases(100, 60);
        for (int i = 0; i < 7; i++) {
            leases.acquire(leaseKey(1)).used();
        }
        leases.acquire(leaseKey(1)).failed(Fault.DATA_LEN_RANGE);
        leases.closeSession(1);
        AuditEvent closing = events(AuditAction.KEY_USE_CLOSE).get(0);
        assertEquals(8, closing.number("uses").orElseThrow());
        assertEquals(1, closing.number("failures").orElseThrow());
        assertEquals(1, closing.number("lease").orElseThrow());
        assertGenuine(0);
    }

    @Test
    void what_differs_in_anything_has_a_lease_of_its_own() {
        UsageLeases leases = leases(100, 60);
        LeaseKey key = leaseKey(1);
        List<LeaseKey> keys = List.of(
                key,
                new LeaseKey("so", 1, key.token(), key.object(), 1, AuditAction.SIGN, 0x40),
                leaseKey(2),
                new LeaseKey("user", 1, AuditFixture.OBJECT, key.object(), 1, AuditAction.SIGN, 0x40),
                new LeaseKey("user", 1, key.token(), AuditFixture.TOKEN, 1, AuditAction.SIGN, 0x40),
                new LeaseKey("user", 1, key.token(), key.object(), 2, AuditAction.SIGN, 0x40),
                new LeaseKey("user", 1, key.token(), key.object(), 1, AuditAction.DECRYPT, 0x40),
                new LeaseKey("user", 1, key.token(), key.object(), 1, AuditAction.SIGN, 0x41));
        keys.forEach(leases::acquire);
        keys.forEach(leases::acquire);
        assertEquals(keys.size(), events(AuditAction.KEY_USE_OPEN).size());
        leases.closeAll();
        assertEquals(2L * keys.size(), sum(events(AuditAction.KEY_USE_CLOSE), "uses"));
        assertGenuine(0);
    }

    @Test
    void a_lease_that_has_covered_its_uses_is_closed_and_the_next_opened_in_one_transaction() {
        UsageLeases leases = leases(3, 60);
        for (int i = 0; i < 3; i++) {
            leases.acquire(leaseKey(1));
        }
        long revision = store.revision();
        leases.acquire(leaseKey(1));
        assertEquals(revision + 1, store.revision());
        assertEquals(List.of("KEY_USE_OPEN", "KEY_USE_CLOSE", "KEY_USE_OPEN"), operations());
        assertEquals(3, events(AuditAction.KEY_USE_CLOSE).get(0).number("uses").orElseThrow());
        assertGenuine(1);
    }

    @Test
    void a_lease_that_has_outlived_its_time_is_closed_and_the_next_opened() {
        UsageLeases leases = leases(100, 60);
        leases.acquire(leaseKey(1));
        time.forward(Duration.ofSeconds(60).minusNanos(1));
        leases.acquire(leaseKey(1));
        assertEquals(List.of("KEY_USE_OPEN"), operations());
        time.forward(Duration.ofNanos(1));
        leases.acquire(leaseKey(1));
        assertEquals(List.of("KEY_USE_OPEN", "KEY_USE_CLOSE", "KEY_USE_OPEN"), operations());
        assertEquals(2, events(AuditAction.KEY_USE_CLOSE).get(0).number("uses").orElseThrow());
    }

    @Test
    void leases_that_have_outlived_their_time_are_closed_when_another_is_opened() {
        UsageLeases leases = leases(100, 60);
        for (long session = 1; session <= 5; session++) {
            leases.acquire(leaseKey(session));
        }
        time.forward(Duration.ofSeconds(60));
        leases.acquire(leaseKey(6));
        assertEquals(5, events(AuditAction.KEY_USE_CLOSE).size());
        leases.closeAll();
        assertEquals(6, events(AuditAction.KEY_USE_CLOSE).size());
        assertGenuine(0);
    }

    @Test
    void closing_a_session_closes_its_leases_alone_and_writes_nothing_where_it_has_none() {
        UsageLeases leases = leases(100, 60);
        leases.acquire(leaseKey(1));
        Lease other = leases.acquire(leaseKey(2));
        leases.closeSession(1);
        assertEquals(1L, events(AuditAction.KEY_USE_CLOSE).get(0).session());
        assertSame(other, leases.acquire(leaseKey(2)));
        long revision = store.revision();
        leases.closeSession(1);
        leases.closeSession(99);
        assertEquals(revision, store.revision());
    }

    @Test
    void several_leases_are_closed_in_one_transaction() {
        UsageLeases leases = leases(100, 60);
        for (long session = 1; session <= 6; session++) {
            leases.acquire(leaseKey(session));
        }
        long revision = store.revision();
        leases.closeSessions(List.of(1L, 2L, 3L));
        assertEquals(revision + 1, store.revision());
        leases.closeAll();
        assertEquals(revision + 2, store.revision());
        assertEquals(6, events(AuditAction.KEY_USE_CLOSE).size());
        leases.closeAll();
        assertEquals(revision + 2, store.revision());
    }

    @Test
    void a_use_after_closing_opens_a_new_lease() {
        UsageLeases leases = leases(100, 60);
        Lease old = leases.acquire(leaseKey(1));
        leases.closeAll();
        assertNotSame(old, leases.acquire(leaseKey(1)));
        assertEquals(List.of("KEY_USE_OPEN", "KEY_USE_CLOSE", "KEY_USE_OPEN"), operations());
    }

    @Test
    void a_lease_that_is_never_closed_stays_in_the_log_as_an_upper_bound() {
        UsageLeases leases = leases(100, 60);
        leases.acquire(leaseKey(1));
        leases.acquire(leaseKey(2));
        leases.closeSession(2);
        assertGenuine(1);
    }

    @Test
    void where_the_opening_cannot_be_recorded_the_use_fails_before_it_begins() {
        UsageLeases leases = leases(2, 60);
        store.refuse(StoreException.Kind.FULL);
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> leases.acquire(leaseKey(1))));
        store.refuse(StoreException.Kind.INACCESSIBLE);
        assertEquals(Fault.DEVICE_ERROR, faultOf(() -> leases.acquire(leaseKey(1))));
        assertEquals(List.of(), operations());
        store.refuse(null);
        leases.acquire(leaseKey(1));
        leases.acquire(leaseKey(1));
        store.refuse(StoreException.Kind.FULL);
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> leases.acquire(leaseKey(1))));
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> leases.acquire(leaseKey(1))));
        assertEquals(List.of("KEY_USE_OPEN"), operations());
    }

    @Test
    void a_count_that_could_not_be_recorded_is_recorded_with_the_next_lease() {
        UsageLeases leases = leases(100, 60);
        leases.acquire(leaseKey(1));
        leases.acquire(leaseKey(1));
        store.refuse(StoreException.Kind.FULL);
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> leases.closeSession(1)));
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> leases.acquire(leaseKey(2))));
        store.refuse(null);
        leases.acquire(leaseKey(2));
        assertEquals(List.of("KEY_USE_OPEN", "KEY_USE_CLOSE", "KEY_USE_OPEN"), operations());
        assertEquals(2, events(AuditAction.KEY_USE_CLOSE).get(0).number("uses").orElseThrow());
        leases.closeAll();
        assertGenuine(0);
    }

    @Test
    void in_per_use_mode_each_use_has_its_record_with_its_result() {
        UsageLeases leases = new UsageLeases(log, LeaseTerms.PER_USE, time.nanos());
        Lease first = leases.acquire(leaseKey(1));
        assertEquals(List.of(), operations());
        first.used();
        leases.acquire(leaseKey(1)).failed(Fault.DATA_LEN_RANGE);
        leases.closeAll();
        assertEquals(List.of("SIGN", "SIGN"), operations());
        assertEquals(
                List.of("ok", "DATA_LEN_RANGE"),
                events(AuditAction.SIGN).stream().map(AuditEvent::result).toList());
    }

    @Test
    void in_per_use_mode_a_use_that_cannot_be_recorded_fails_before_its_output_is_released() {
        UsageLeases leases = new UsageLeases(log, LeaseTerms.PER_USE, time.nanos());
        Lease lease = leases.acquire(leaseKey(1));
        store.refuse(StoreException.Kind.FULL);
        assertEquals(Fault.DEVICE_MEMORY, faultOf(lease::used));
        assertEquals(Fault.DEVICE_MEMORY, faultOf(() -> lease.failed(Fault.GENERAL_ERROR)));
        assertEquals(List.of(), operations());
    }

    @Test
    void uses_by_many_threads_are_counted_exactly_while_leases_run_out_and_sessions_close() throws Exception {
        UsageLeases leases = leases(500, 60);
        int threads = 6;
        int uses = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                LeaseKey key = leaseKey(thread % 2);
                running.add(pool.submit(() -> {
                    for (int i = 0; i < uses; i++) {
                        Lease lease = leases.acquire(key);
                        lease.used();
                        if (i % 2_000 == 0) {
                            time.monotonic(Duration.ofSeconds(20));
                        }
                    }
                }));
            }
            running.add(pool.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    leases.closeSession(i % 2);
                }
            }));
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
        leases.closeAll();
        List<AuditEvent> closings = events(AuditAction.KEY_USE_CLOSE);
        assertEquals((long) threads * uses, sum(closings, "uses"));
        assertTrue(closings.stream().allMatch(event -> event.number("uses").orElseThrow() <= 500));
        assertEquals(events(AuditAction.KEY_USE_OPEN).size(), closings.size());
        assertGenuine(0);
    }
}
