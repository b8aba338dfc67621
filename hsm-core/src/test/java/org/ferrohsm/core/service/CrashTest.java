// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.audit.VerifyReport;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.boot.HsmConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments of a mixed load. Whatever a caller had been given is on record, or an open lease covers it; and
 * the log and the tokens' states verify each time. {@code make crash} does this 2,000 times.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("ferrohsm.crash.rounds", 20);

    @TempDir
    Path folder;

    @Test
    void no_result_is_without_a_durable_record_or_an_open_lease_after_kill_9() throws Exception {
        long seed = Long.getLong("ferrohsm.crash.seed", 20_261_123L);
        Random random = new Random(seed);
        try (HsmFixture fixture = LoadChild.open(folder, "lease")) {
            fixture.newToken("crash");
        }
        long next = count();
        for (int round = 0; round < ROUNDS; round++) {
            String mode = round % 2 == 0 ? "lease" : "per-use";
            Map<String, Long> told = killed(mode, random.nextInt(300));
            Map<String, Long> covered = covered(next);
            String which =
                    "seed " + seed + ", round " + round + ", " + mode + ": told " + told + ", covered " + covered;
            told.forEach((what, times) -> assertTrue(covered.getOrDefault(what, 0L) >= times, which));
            verify(which);
            next = count();
        }
    }

    /** Lets a process work until it has told of so many results, kills it, and gives how often it told of what. */
    private Map<String, Long> killed(String mode, int results) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LoadChild.class.getName(),
                        folder.toString(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Long> told = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            int seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("(made|sign|destroyed) [0-9]+")) {
                    told.merge(line, 1L, Long::sum);
                }
                if (seen++ == results) {
                    // Not Process.destroyForcibly, which would close the pipe and lose what is still in it.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        assertTrue(!told.isEmpty(), "the process did nothing");
        return told;
    }

    /** How often at most, by the records from {@code seq} on, each session can have done what it may tell of. */
    private Map<String, Long> covered(long seq) {
        Map<String, Long> covered = new HashMap<>();
        Map<Long, Long> leases = new HashMap<>();
        try (HsmAudit audit = HsmAudit.open(config())) {
            for (Iterator<AuditService.Entry> records = audit.service().from(seq); records.hasNext(); ) {
                AuditRecord record = records.next().record();
                assertTrue(record != null, "a record that cannot be read");
                AuditEvent event = record.event();
                if (!event.result().equals(AuditEvent.OK)) {
                    continue;
                }
                boolean isLease = event.is(AuditAction.KEY_USE_OPEN) || event.is(AuditAction.KEY_USE_CLOSE);
                if (isLease && !event.text("operation").equals(Optional.of("SIGN"))) {
                    continue;
                }
                if (event.is(AuditAction.KEY_USE_OPEN)) {
                    leases.put(record.seq(), event.number("uses").orElseThrow());
                    add(covered, "sign", event, event.number("uses").orElseThrow());
                } else if (event.is(AuditAction.KEY_USE_CLOSE)) {
                    long opened = leases.getOrDefault(event.number("lease").orElseThrow(), 0L);
                    add(covered, "sign", event, event.number("uses").orElseThrow() - opened);
                } else if (event.is(AuditAction.SIGN)) {
                    add(covered, "sign", event, 1);
                } else if (event.is(AuditAction.KEY_GENERATE)) {
                    add(covered, "made", event, 1);
                } else if (event.is(AuditAction.OBJECT_DESTROY)) {
                    add(covered, "destroyed", event, 1);
                }
            }
        }
        return covered;
    }

    private static void add(Map<String, Long> covered, String what, AuditEvent event, long times) {
        covered.merge(what + " " + event.session(), times, Long::sum);
    }

    private void verify(String which) {
        try (HsmAudit audit = HsmAudit.open(config())) {
            assertNull(audit.stateUnknown(), which);
            VerifyReport report =
                    audit.service().verify(new AuditEvidence(audit.service().keyFile(), null, List.of()), count -> {});
            assertNull(report.finding(), () -> which + ": " + report.finding());
            assertEquals(0L, report.macsCheckedFrom());
        }
    }

    private long count() {
        try (HsmAudit audit = HsmAudit.open(config())) {
            return audit.service().last().orElse(-1) + 1;
        }
    }

    private HsmConfig config() {
        return HsmConfig.load(
                Map.of("HOME", folder.toString(), "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db")));
    }
}
