// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.stream.IntStream;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No byte of the audit table can be changed unnoticed. */
class EveryByteTest {
    private static final int COUNT = 240;

    @TempDir
    Path folder;

    private Tape record(TokenStore store) {
        try (AuditLog log = AuditLog.open(store, AuditFixture.settings(folder), Tape.EPOCH)) {
            for (int i = 1; i < COUNT; i++) {
                log.append(i % 20 == 0 ? AuditFixture.fullEvent() : AuditFixture.login());
            }
            return Tape.of(store, log, folder);
        }
    }

    /** A bit of each byte, another one from byte to byte. */
    private static byte[] flip(byte[] bytes, int place) {
        byte[] changed = bytes.clone();
        changed[place] ^= (byte) (1 << (place & 7));
        return changed;
    }

    @Test
    void every_flipped_byte_of_a_record_or_mac_is_found_at_its_record() {
        Tape tape;
        try (TokenStore store = Stores.open("memory:")) {
            tape = record(store);
        }
        try (VerificationKey key = tape.key()) {
            long flips = IntStream.range(0, COUNT)
                    .parallel()
                    .mapToLong(place -> flipsFound(tape, key, place))
                    .sum();
            long bytes = tape.rows().stream()
                    .mapToLong(row -> row.record().length + row.mac().length)
                    .sum();
            assertEquals(bytes, flips);
            assertTrue(bytes > 40_000, "a log of " + bytes + " bytes");
        }
    }

    private static long flipsFound(Tape tape, VerificationKey key, int place) {
        AuditRow row = tape.rows().get(place);
        for (int i = 0; i < row.record().length; i++) {
            AuditRow changed = new AuditRow(place, flip(row.record(), i), row.mac());
            assertFound(tape.change(place, old -> changed), key, place, "record byte " + i);
        }
        for (int i = 0; i < row.mac().length; i++) {
            AuditRow changed = new AuditRow(place, row.record(), flip(row.mac(), i));
            assertFound(tape.change(place, old -> changed), key, place, "MAC byte " + i);
        }
        return (long) row.record().length + row.mac().length;
    }

    private static void assertFound(Tape tampered, VerificationKey key, int place, String what) {
        Finding finding = tampered.verify(key).finding();
        assertNotNull(finding, () -> what + " of record " + place);
        assertEquals(place, finding.seq(), () -> what + " of record " + place + ": " + finding);
    }

    @Test
    void every_flipped_byte_of_the_head_is_found() {
        Tape tape;
        try (TokenStore store = Stores.open("memory:")) {
            tape = record(store);
        }
        byte[] head = tape.head();
        assertNotNull(head);
        for (int i = 0; i < head.length; i++) {
            assertFalse(tape.withHead(flip(head, i)).verify().isOk(), "head byte " + i);
        }
    }

    @Test
    void a_byte_flipped_in_the_sqlite_file_is_found_in_every_column() throws Exception {
        Path file = folder.resolve("store");
        Tape tape;
        try (TokenStore store = Stores.open("sqlite:" + file)) {
            tape = record(store);
        }
        for (int place : new int[] {0, 1, 77, COUNT - 1}) {
            AuditRow row = tape.rows().get(place);
            for (AuditRow changed : List.of(
                    new AuditRow(place, flip(row.record(), row.record().length / 2), row.mac()),
                    new AuditRow(place, row.record(), flip(row.mac(), 5)),
                    new AuditRow(place ^ 0x1000, row.record(), row.mac()))) {
                update(file, place, changed);
                try (TokenStore store = Stores.open("sqlite:" + file);
                        VerificationKey key = tape.key()) {
                    Finding finding =
                            AuditFixture.verify(store, Tape.EPOCH, key).finding();
                    assertNotNull(finding);
                    assertEquals(place, finding.seq(), finding.toString());
                }
                update(file, changed.seq(), row);
            }
        }
        try (TokenStore store = Stores.open("sqlite:" + file);
                VerificationKey key = tape.key()) {
            assertTrue(AuditFixture.verify(store, Tape.EPOCH, key).isOk());
        }
    }

    private static void update(Path file, long seq, AuditRow row) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE audit SET seq = ?, record = ?, mac = ? WHERE seq = ?")) {
            update.setLong(1, row.seq());
            update.setBytes(2, row.record());
            update.setBytes(3, row.mac());
            update.setLong(4, seq);
            assertEquals(1, update.executeUpdate());
        }
    }
}
