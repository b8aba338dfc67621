// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.TOKEN;
import static org.ferrohsm.core.audit.AuditFixture.hash;
import static org.ferrohsm.core.audit.AuditFixture.leaseKey;
import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs whose chain is whole and whose records tell of something that cannot have been. */
class RecordMeaningTest {
    @TempDir
    Path folder;

    private final TokenStore store = Stores.open("memory:");
    private final TestTime time = new TestTime();

    @AfterEach
    void close() {
        store.close();
    }

    private AuditLog open(UUID boot) {
        return AuditLog.open(store, AuditFixture.settings(folder, boot, time), Tape.EPOCH);
    }

    private VerifyReport verify(@Nullable Map<UUID, byte[]> roots) {
        try (StoreSource source = new StoreSource(store, roots == null ? null : tx -> roots)) {
            return new AuditVerifier(Duration.ofSeconds(5), Tape.EPOCH).verify(source, null, AuditFixture.NOTHING);
        }
    }

    private void assertFound(Damage damage, long seq, VerifyReport report) {
        Finding finding = report.finding();
        assertNotNull(finding, "nothing was found");
        assertEquals(damage + " " + seq, finding.damage() + " " + finding.seq(), finding.detail());
        assertEquals(AuditFixture.records(store).size(), report.count());
    }

    @Test
    void monotonic_time_that_runs_backwards_within_a_run_is_found_and_the_rest_is_still_checked() {
        try (AuditLog log = open(new UUID(1, 1))) {
            time.forward(Duration.ofSeconds(9));
            log.append(login());
            time.monotonic(Duration.ofNanos(-1));
            log.append(login());
            log.append(login());
        }
        assertFound(Damage.CLOCK_REWOUND, 2, verify(null));
    }

    @Test
    void a_new_run_may_begin_its_monotonic_time_anew() {
        try (AuditLog log = open(new UUID(1, 1))) {
            time.forward(Duration.ofSeconds(9));
            log.append(login());
        }
        try (AuditLog log = open(new UUID(2, 2))) {
            log.append(login());
        }
        assertNull(verify(null).finding());
    }

    @Test
    void a_clock_set_back_beyond_the_tolerance_is_found_and_within_it_is_not() {
        try (AuditLog log = open(new UUID(1, 1))) {
            time.wall(Duration.ofSeconds(-5));
            log.append(login());
            assertNull(verify(null).finding());
            time.wall(Duration.ofMillis(-1));
            log.append(login());
        }
        assertFound(Damage.CLOCK_REWOUND, 2, verify(null));
    }

    @Test
    void a_clock_set_back_between_two_runs_is_found() {
        open(new UUID(1, 1)).close();
        time.wall(Duration.ofDays(-1));
        try (AuditLog log = open(new UUID(2, 2))) {
            log.append(login());
        }
        assertFound(Damage.CLOCK_REWOUND, 1, verify(null));
    }

    private static AuditEvent closing(LeaseKey key, long lease, long uses, long failures) {
        return key.event(AuditAction.KEY_USE_CLOSE)
                .detail("operation", "SIGN")
                .detail("lease", lease)
                .detail("uses", uses)
                .detail("failures", failures)
                .build();
    }

    @Test
    void a_lease_that_is_closed_otherwise_than_it_was_opened_is_found() {
        AuditEvent opening = CountedLease.opening(leaseKey(1), new LeaseTerms(10, 60));
        for (AuditEvent closing : new AuditEvent[] {
            closing(leaseKey(1), 1, 11, 0),
            closing(leaseKey(1), 1, 5, 6),
            closing(leaseKey(2), 1, 5, 0),
            closing(leaseKey(1), 0, 5, 0),
            closing(leaseKey(1), 7, 5, 0),
            leaseKey(1).event(AuditAction.KEY_USE_CLOSE).build()
        }) {
            assertFoundIn(2, opening, closing);
        }
        assertFoundIn(3, opening, closing(leaseKey(1), 1, 10, 10), closing(leaseKey(1), 1, 10, 10));
        assertFoundIn(1, leaseKey(1).event(AuditAction.KEY_USE_OPEN).build());
    }

    private void assertFoundIn(long seq, AuditEvent... events) {
        try (TokenStore fresh = Stores.open("memory:");
                AuditLog log = AuditLog.open(fresh, AuditFixture.settings(folder), Tape.EPOCH)) {
            for (AuditEvent event : events) {
                log.append(event);
            }
            Finding finding = AuditFixture.verify(fresh, Tape.EPOCH, null).finding();
            assertNotNull(finding);
            assertEquals(Damage.LEASE_INCONSISTENT, finding.damage());
            assertEquals(seq, finding.seq());
        }
    }

    @Test
    void a_lease_closed_by_another_run_is_found() {
        try (AuditLog log = open(new UUID(1, 1))) {
            log.append(CountedLease.opening(leaseKey(1), new LeaseTerms(10, 60)));
        }
        try (AuditLog log = open(new UUID(2, 2))) {
            log.append(closing(leaseKey(1), 1, 5, 0));
        }
        assertFound(Damage.LEASE_INCONSISTENT, 3, verify(null));
    }

    @Test
    void a_store_whose_tokens_are_not_in_the_state_last_recorded_is_found() {
        UUID other = new UUID(9, 9);
        try (AuditLog log = open(new UUID(1, 1))) {
            log.append(change(TOKEN, 1));
            log.append(change(TOKEN, 2));
            log.append(change(other, 3));
            log.append(login());
        }
        assertNull(verify(Map.of(TOKEN, hash(2), other, hash(3))).finding());
        assertNull(verify(null).finding());
        assertFound(Damage.STATE_ROOT_MISMATCH, 2, verify(Map.of(TOKEN, hash(7), other, hash(3))));
        assertFound(Damage.STORE_ROLLED_BACK, 2, verify(Map.of(TOKEN, hash(1), other, hash(3))));
        assertFound(Damage.STATE_ROOT_MISMATCH, 3, verify(Map.of(TOKEN, hash(2))));
        assertFound(
                Damage.STATE_ROOT_MISMATCH, 5, verify(Map.of(TOKEN, hash(2), other, hash(3), new UUID(8, 8), hash(4))));
    }

    @Test
    void a_token_that_was_destroyed_has_no_state_any_more() {
        try (AuditLog log = open(new UUID(1, 1))) {
            log.append(change(TOKEN, 1));
            log.append(AuditEvent.of(AuditAction.TOKEN_DESTROY).token(TOKEN).build());
        }
        assertNull(verify(Map.of()).finding());
        assertFound(Damage.STATE_ROOT_MISMATCH, 3, verify(Map.of(TOKEN, hash(1))));
    }

    private static AuditEvent change(UUID token, int root) {
        return AuditEvent.of(AuditAction.OBJECT_CREATE)
                .token(token)
                .stateRoot(hash(root))
                .build();
    }

    @Test
    void damage_to_the_chain_is_named_before_what_earlier_records_say_wrongly() {
        Tape tape;
        try (AuditLog log = open(new UUID(1, 1))) {
            time.wall(Duration.ofDays(-1));
            log.append(login());
            log.append(login());
            tape = Tape.of(store, log, folder);
        }
        assertFound(Damage.CLOCK_REWOUND, 1, verify(null));
        VerifyReport report = tape.with(tape.rows().subList(0, 2)).verify();
        assertEquals(Damage.TRUNCATED.exitCode(), report.exitCode());
    }
}
