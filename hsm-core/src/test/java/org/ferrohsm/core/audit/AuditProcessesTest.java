// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers of one SQLite file: logs of one process, and a process that is killed. */
class AuditProcessesTest {
    @TempDir
    Path folder;

    private String url() {
        return "sqlite:" + folder.resolve("store");
    }

    private VerifyReport verify(TokenStore store, long epochLength) {
        UUID id = AuditFixture.records(store).get(0).log();
        try (VerificationKey key = VerificationKey.read(folder.resolve(VerificationKey.fileName(id)))) {
            return AuditFixture.verify(store, epochLength, key);
        }
    }

    @Test
    void two_logs_on_one_file_used_by_several_threads_keep_one_chain() throws Exception {
        int threads = 6;
        int each = 60;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (TokenStore one = Stores.open(url());
                TokenStore two = Stores.open(url());
                AuditLog first = AuditLog.open(one, AuditFixture.settings(folder, new UUID(1, 1)), Tape.EPOCH);
                AuditLog second = AuditLog.open(two, AuditFixture.settings(folder, new UUID(2, 2)), Tape.EPOCH)) {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                AuditLog log = thread % 2 == 0 ? first : second;
                TokenStore store = thread % 2 == 0 ? one : two;
                running.add(pool.submit(() -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        numbers.add(i % 3 == 0 ? store.write(tx -> log.append(tx, login())) : log.append(login()));
                    }
                    return numbers;
                }));
            }
            Set<Long> acknowledged = new TreeSet<>();
            for (Future<List<Long>> numbers : running) {
                acknowledged.addAll(numbers.get());
            }
            assertEquals(threads * each, acknowledged.size());
            VerifyReport report = verify(one, Tape.EPOCH);
            assertNull(report.finding());
            assertEquals(threads * each + 2, report.count());
            assertEquals(
                    1,
                    AuditFixture.operations(one).stream()
                            .filter("LOG_START"::equals)
                            .count());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_log_can_be_verified_while_it_grows() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (TokenStore store = Stores.open(url());
                AuditLog log = AuditLog.open(store, AuditFixture.settings(folder), Tape.EPOCH)) {
            Future<?> growing = pool.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    log.append(login());
                }
            });
            int passes = 0;
            while (!growing.isDone() || passes == 0) {
                assertNull(verify(store, Tape.EPOCH).finding());
                passes++;
            }
            growing.get();
            assertEquals(301, verify(store, Tape.EPOCH).count());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_process_killed_while_it_appends_loses_no_acknowledged_record_and_leaves_its_lease_open() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        url(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Long> acknowledged = new TreeSet<>();
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = answers.readLine();
            while (line != null && acknowledged.size() < 300) {
                acknowledged.add(Long.valueOf(line));
                line = answers.readLine();
            }
            child.destroyForcibly().waitFor();
        }
        assertEquals(300, acknowledged.size());
        try (TokenStore store = Stores.open(url())) {
            VerifyReport report = verify(store, EpochKey.LENGTH);
            assertNull(report.finding());
            assertEquals(1, report.openLeases());
            Set<Long> logins = new TreeSet<>();
            AuditFixture.records(store).stream()
                    .filter(record -> record.event().is(AuditAction.LOGIN))
                    .forEach(record -> logins.add(record.seq()));
            assertTrue(logins.containsAll(acknowledged), "acknowledged " + acknowledged + ", found " + logins);
        }
    }
}
