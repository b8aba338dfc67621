// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditExportTest {
    private static final int COUNT = 40;

    @TempDir
    Path folder;

    private Path file;
    private Path keyFile;
    private List<String> lines;

    @BeforeEach
    void export() throws Exception {
        file = folder.resolve("export");
        try (TokenStore store = Stores.open("memory:");
                AuditLog log = AuditLog.open(store, AuditFixture.settings(folder), Tape.EPOCH);
                StoreSource source = new StoreSource(store, null);
                Writer out = Files.newBufferedWriter(file, US_ASCII)) {
            for (int i = 1; i < COUNT; i++) {
                log.append(AuditFixture.login());
            }
            AuditExport.write(source, out);
            keyFile = folder.resolve(VerificationKey.fileName(log.id()));
        }
        lines = Files.readAllLines(file, US_ASCII);
    }

    private VerifyReport verify(List<String> changed) throws IOException {
        Files.write(file, changed, US_ASCII);
        try (AuditSource source = AuditExport.open(file);
                VerificationKey key = VerificationKey.read(keyFile)) {
            return new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE, Tape.EPOCH)
                    .verify(source, key, AuditFixture.NOTHING);
        }
    }

    private void assertFound(Damage damage, long seq, List<String> changed) throws IOException {
        Finding finding = verify(changed).finding();
        assertNotNull(finding);
        assertEquals(damage + " " + seq, finding.damage() + " " + finding.seq(), finding.detail());
    }

    private List<String> with(int line, String text) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(line, text);
        return changed;
    }

    private List<String> without(int line) {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(line);
        return changed;
    }

    @Test
    void an_exported_log_is_verified_as_in_its_store() throws Exception {
        VerifyReport report = verify(lines);
        assertNull(report.finding());
        assertEquals(COUNT, report.count());
        assertEquals(0L, report.macsCheckedFrom());
    }

    @Test
    void a_line_cut_lost_added_or_garbled_is_found_at_its_record() throws Exception {
        assertFound(Damage.MISSING, 9, without(10));
        assertFound(Damage.HEAD_MISSING, COUNT, without(COUNT + 1));
        assertFound(Damage.TRUNCATED, COUNT - 1, without(COUNT));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, lines.get(10).substring(0, 60)));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, lines.get(10) + "="));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, ""));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, "record 9 " + "A".repeat(100_000) + " AAAA"));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, "record 99999999999999999999 AAAA AAAA"));
        assertFound(Damage.NOT_CANONICAL, 9, with(10, lines.get(COUNT + 1)));
        List<String> added = new ArrayList<>(lines);
        added.add(lines.get(5));
        assertFound(Damage.NOT_CANONICAL, COUNT, added);
        assertFound(Damage.NOT_CANONICAL, 0, List.of("x", "y"));
        assertFound(Damage.TRUNCATED, 0, List.of());
    }

    @Test
    void a_title_that_says_nothing_or_another_log_is_overruled_by_the_key() throws Exception {
        assertNull(verify(with(0, "ferrohsm-audit-export 1 unknown")).finding());
        assertNull(verify(with(0, "ferrohsm-audit-export 1 00000000-0000-0000-0000-000000000001"))
                .finding());
    }
}
