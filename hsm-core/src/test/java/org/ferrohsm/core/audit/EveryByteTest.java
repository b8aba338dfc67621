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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No byte of the audit table can be changed unnoticed. */
class EveryByteTest {
    private static final int COUNT = 1000;

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
        try (VerificationKey first = tape.key();
                MacKeys keys = new MacKeys(first.key())) {
            keys.of(COUNT / Tape.EPOCH);
            long flips = IntStream.range(0, COUNT)
                    .parallel()
                    .mapToLong(place -> flipsFound(new Place(tape, keys, place)))
                    .sum();
            long bytes = tape.rows().stream()
                    .mapToLong(row -> row.record().length + row.mac().length)
                    .sum();
            assertEquals(bytes, flips);
            assertTrue(bytes > 150_000, "a log of " + bytes + " bytes");
        }
    }

    /** A record in its log, to be verified as if all before it had just been; it is enough to read on a little. */
    private record Place(Tape tape, MacKeys keys, int place) {
        private static final int READ_ON = 4;

        AuditRow row() {
            return tape.rows().get(place);
        }

        @Nullable
        Finding verify(AuditRow changed) {
            List<AuditRow> rows = new ArrayList<>(tape.rows().subList(place, Math.min(COUNT, place + READ_ON)));
            rows.set(0, changed);
            byte[] last = place == 0
                    ? new byte[32]
                    : TreeHash.leaf(tape.rows().get(place - 1).record());
            EpochKey key = keys.of(Math.max(0, place - 1) / Tape.EPOCH);
            try (VerificationKey from = new VerificationKey(tape.log(), key.copy())) {
                return new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE, Tape.EPOCH)
                        .verifyFrom(place, last, tape.with(rows).source(), from, AuditFixture.NOTHING)
                        .finding();
            }
        }

        void assertFound(AuditRow changed, String what) {
            Finding finding = verify(changed);
            assertNotNull(finding, () -> what + " of record " + place);
            assertEquals(place, finding.seq(), () -> what + " of record " + place + ": " + finding);
        }
    }

    private static long flipsFound(Place place) {
        AuditRow row = place.row();
        for (int i = 0; i < row.record().length; i++) {
            place.assertFound(new AuditRow(row.seq(), flip(row.record(), i), row.mac()), "record byte " + i);
        }
        for (int i = 0; i < row.mac().length; i++) {
            place.assertFound(new AuditRow(row.seq(), row.record(), flip(row.mac(), i)), "MAC byte " + i);
        }
        Finding untouched = place.verify(row);
        boolean isEnd = place.place() + Place.READ_ON >= COUNT;
        assertEquals(isEnd ? null : Damage.TRUNCATED, untouched == null ? null : untouched.damage());
        return (long) row.record().length + row.mac().length;
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
