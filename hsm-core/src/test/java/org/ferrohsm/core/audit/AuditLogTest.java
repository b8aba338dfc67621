// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path folder;

    @Test
    void an_appended_event_follows_the_creation_of_the_log() {
        try (TokenStore store = Stores.open("sqlite:" + folder.resolve("store"));
                AuditLog log = AuditLog.open(store, AuditFixture.settings(folder))) {
            assertEquals(
                    1, log.append(AuditEvent.of(AuditAction.LOGIN).actor("user").build()));
            List<AuditRow> rows = store.read(tx -> tx.audit(0, 10));
            assertEquals(2, rows.size());
        }
    }
}
