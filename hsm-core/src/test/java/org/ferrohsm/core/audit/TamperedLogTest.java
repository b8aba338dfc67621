// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ferrohsm.core.audit.cbor.CborReader;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.junit.jupiter.api.Test;

/** What somebody can do to the rows of a log who can write the store, and what the verifier calls it. */
class TamperedLogTest extends RecordedLog {
    @Test
    void an_untouched_log_is_right_with_and_without_its_key() {
        VerifyReport report = tape.verify();
        assertNull(report.finding());
        assertTrue(report.isOk());
        assertEquals(0, report.exitCode());
        assertEquals(COUNT, report.count());
        assertEquals(0L, report.macsCheckedFrom());
        VerifyReport blind = tape.verifyWithoutKey();
        assertNull(blind.finding());
        assertEquals(COUNT, blind.count());
        assertNull(blind.macsCheckedFrom());
    }

    @Test
    void an_edit_of_any_field_is_found_at_its_record() {
        CborValue.Dictionary whole =
                (CborValue.Dictionary) CborReader.decode(tape.rows().get(FULL).record());
        assertEquals(20, whole.entries().size());
        for (Map.Entry<CborValue.Key, CborValue> field : whole.entries().entrySet()) {
            TreeMap<CborValue.Key, CborValue> edited = new TreeMap<>(whole.entries());
            edited.put(field.getKey(), edit(field.getValue()));
            byte[] bytes = CborWriter.encode(new CborValue.Dictionary(edited));
            boolean isVersion = field.getKey().equals(new CborValue.Unsigned(1));
            assertFoundAnyway(
                    isVersion ? Damage.NOT_CANONICAL : Damage.EDITED, FULL, tape.changeRecord(FULL, old -> bytes));
        }
    }

    private static CborValue edit(CborValue value) {
        if (value instanceof CborValue.Unsigned number) {
            return new CborValue.Unsigned(number.value() + 1);
        }
        if (value instanceof CborValue.Text text) {
            return new CborValue.Text(text.value() + "X");
        }
        if (value instanceof CborValue.Bytes bytes) {
            byte[] changed = bytes.value().clone();
            changed[changed.length - 1] ^= 1;
            return new CborValue.Bytes(changed);
        }
        TreeMap<CborValue.Key, CborValue> detail = new TreeMap<>(((CborValue.Dictionary) value).entries());
        detail.put(new CborValue.Text("uses"), new CborValue.Unsigned(1));
        return new CborValue.Dictionary(detail);
    }

    @Test
    void an_edit_of_the_first_or_last_record_is_found() {
        for (int place : new int[] {0, COUNT - 1}) {
            Tape edited = tape.changeRecord(place, old -> {
                CborValue.Dictionary fields = (CborValue.Dictionary) CborReader.decode(old);
                TreeMap<CborValue.Key, CborValue> changed = new TreeMap<>(fields.entries());
                changed.put(new CborValue.Unsigned(4), new CborValue.Text("node-2"));
                return CborWriter.encode(new CborValue.Dictionary(changed));
            });
            assertFoundAnyway(Damage.EDITED, place, edited);
        }
    }

    @Test
    void a_deleted_record_is_missing_wherever_it_stood() {
        for (int place : new int[] {0, 1, BAD, COUNT - 2}) {
            assertFoundAnyway(Damage.MISSING, place, tape.with(rowsWithout(place)));
            assertFoundAnyway(
                    Damage.MISSING, place, tape.with(rowsWithout(place)).renumbered());
        }
    }

    @Test
    void a_log_without_its_last_records_is_truncated() {
        for (int left : new int[] {COUNT - 1, BAD, 16, 1, 0}) {
            assertFoundAnyway(Damage.TRUNCATED, left, tape.with(tape.rows().subList(0, left)));
        }
    }

    @Test
    void a_log_that_is_gone_altogether_is_truncated_where_its_key_is_known() {
        Tape gone = tape.with(List.of()).withHead(null);
        assertFound(Damage.TRUNCATED, 0, gone.verify());
        assertNull(gone.verifyWithoutKey().finding());
        assertEquals(0, gone.verifyWithoutKey().count());
    }

    @Test
    void a_missing_head_is_found() {
        assertFoundAnyway(Damage.HEAD_MISSING, COUNT, tape.withHead(null));
        assertFoundAnyway(
                Damage.HEAD_MISSING, 10, tape.with(tape.rows().subList(0, 10)).withHead(null));
    }

    @Test
    void a_record_put_between_others_is_found() {
        AuditRecord follower = tape.record(BAD);
        byte[] forged = new AuditRecord(
                        tape.log(),
                        BAD,
                        follower.node(),
                        follower.boot(),
                        follower.wallMillis(),
                        follower.monotonicNanos(),
                        AuditFixture.fullEvent(),
                        follower.previous())
                .encode();
        Tape inserted = tape.with(rowsWith(BAD, new AuditRow(BAD, forged, new byte[32])));
        assertFound(Damage.INSERTED, BAD, inserted.verify());
        assertFound(Damage.INSERTED, BAD, inserted.renumbered().verify());
        assertFound(Damage.FORKED, BAD, inserted.verifyWithoutKey());
        Tape behind = tape.with(rowsWith(BAD + 1, new AuditRow(BAD, forged, new byte[32])));
        assertFound(Damage.INSERTED, BAD + 1, behind.verify());
    }

    @Test
    void swapped_and_moved_records_are_found() {
        List<AuditRow> swapped = new ArrayList<>(tape.rows());
        Collections.swap(swapped, BAD, BAD + 5);
        assertFoundAnyway(Damage.REORDERED, BAD, tape.with(swapped));
        assertFoundAnyway(Damage.REORDERED, BAD, tape.with(swapped).renumbered());
        List<AuditRow> moved = rowsWithout(BAD);
        moved.add(tape.rows().get(BAD));
        assertFoundAnyway(Damage.REORDERED, BAD, tape.with(moved).renumbered());
    }

    @Test
    void a_row_that_is_numbered_otherwise_than_its_record_is_found() {
        AuditRow last = tape.rows().get(COUNT - 1);
        assertFoundAnyway(
                Damage.REORDERED,
                COUNT - 1,
                tape.change(COUNT - 1, row -> new AuditRow(COUNT + 70, last.record(), last.mac())));
    }

    @Test
    void a_record_of_another_log_is_foreign_alone_and_with_all_that_follow() {
        Tape other = otherLog();
        assertFoundAnyway(
                Damage.SPLICED, BAD, tape.change(BAD, row -> other.rows().get(BAD)));
        List<AuditRow> spliced = new ArrayList<>(tape.rows().subList(0, BAD));
        spliced.addAll(other.rows().subList(BAD, COUNT));
        assertFoundAnyway(Damage.SPLICED, BAD, tape.with(spliced));
        assertFoundAnyway(Damage.FOREIGN_LOG, 0, tape.with(other.rows()));
        try (VerificationKey key = other.key()) {
            assertFound(Damage.FOREIGN_LOG, 0, tape.verify(key));
        }
    }

    @Test
    void a_record_that_stands_in_the_log_again_is_found() {
        AuditRow early = tape.rows().get(3);
        assertFoundAnyway(Damage.DUPLICATE, BAD, tape.with(rowsWith(BAD, early)).renumbered());
        assertFoundAnyway(
                Damage.DUPLICATE, COUNT, tape.with(rowsWith(COUNT, early)).renumbered());
        AuditRow same = tape.rows().get(BAD);
        assertFoundAnyway(Damage.DUPLICATE, BAD + 1, tape.with(rowsWith(BAD, same)));
        assertFoundAnyway(Damage.DUPLICATE, BAD, tape.change(BAD, row -> new AuditRow(BAD, early.record(), row.mac())));
    }

    @Test
    void a_record_that_is_not_canonical_is_found_even_with_a_right_mac() {
        byte[] record = tape.rows().get(BAD).record();
        byte[] longVersion = new byte[record.length + 1];
        longVersion[0] = record[0];
        longVersion[1] = 1;
        longVersion[2] = 0x18;
        System.arraycopy(record, 2, longVersion, 3, record.length - 2);
        byte[] twice = new byte[record.length + 2];
        twice[0] = (byte) (record[0] + 1);
        twice[1] = 1;
        twice[2] = 1;
        System.arraycopy(record, 1, twice, 3, record.length - 1);
        try (VerificationKey key = tape.key();
                MacKeys keys = new MacKeys(key.key())) {
            for (byte[] bytes : new byte[][] {longVersion, twice}) {
                byte[] mac = keys.of(BAD / Tape.EPOCH).mac(TreeHash.leaf(bytes));
                assertFoundAnyway(
                        Damage.NOT_CANONICAL, BAD, tape.change(BAD, row -> new AuditRow(row.seq(), bytes, mac)));
            }
        }
    }

    @Test
    void every_damage_has_an_exit_code_of_its_own() {
        long codes = Arrays.stream(Damage.values())
                .mapToInt(Damage::exitCode)
                .filter(code -> code >= 40 && code < 64)
                .distinct()
                .count();
        assertEquals(Damage.values().length, codes);
    }
}
