// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log of several epochs for tests that tamper with it. */
abstract class RecordedLog {
    static final int COUNT = 60;
    static final int BAD = 21;

    /** Which has every field that there is. */
    static final int FULL = 30;

    @TempDir
    Path folder;

    Tape tape;

    @BeforeEach
    final void record() {
        try (TokenStore store = Stores.open("memory:")) {
            tape = record(store, new UUID(1, 1));
        }
    }

    final Tape record(TokenStore store, UUID boot) {
        try (AuditLog log = AuditLog.open(store, AuditFixture.settings(folder, boot), Tape.EPOCH)) {
            for (int i = 1; i < COUNT; i++) {
                log.append(i == FULL ? AuditFixture.fullEvent() : login());
            }
            return Tape.of(store, log, folder);
        }
    }

    static void assertFound(Damage damage, long seq, VerifyReport report) {
        Finding finding = report.finding();
        assertNotNull(finding, "nothing was found");
        assertEquals(damage + " " + seq, finding.damage() + " " + finding.seq(), finding.detail());
        assertEquals(damage.exitCode(), report.exitCode());
    }

    static void assertFoundAnyway(Damage damage, long seq, Tape tampered) {
        assertFound(damage, seq, tampered.verify());
        assertFound(damage, seq, tampered.verifyWithoutKey());
    }

    final List<AuditRow> rowsWithout(int place) {
        List<AuditRow> rows = new ArrayList<>(tape.rows());
        rows.remove(place);
        return rows;
    }

    final List<AuditRow> rowsWith(int place, AuditRow row) {
        List<AuditRow> rows = new ArrayList<>(tape.rows());
        rows.add(place, row);
        return rows;
    }

    final Tape otherLog() {
        try (TokenStore store = Stores.open("memory:")) {
            return record(store, new UUID(1, 1));
        }
    }
}
