// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.Test;

/** What somebody can do to a log who makes links, heads or MACs anew, without a key or with a stolen one. */
class TamperedKeyTest extends RecordedLog {
    @Test
    void a_head_made_for_fewer_records_is_not_genuine() {
        byte[] last = TreeHash.leaf(tape.rows().get(BAD - 1).record());
        Tape cut = tape.with(tape.rows().subList(0, BAD))
                .withHead(new AuditHead(tape.log(), BAD, last, new byte[32]).encode());
        assertFound(Damage.HEAD_INVALID, BAD, cut.verify());
    }

    @Test
    void an_old_head_is_found() {
        byte[] last = TreeHash.leaf(tape.rows().get(BAD - 1).record());
        try (VerificationKey key = tape.key();
                EpochKey then = key.key().next()) {
            byte[] old = new AuditHead(tape.log(), BAD, last, then.headMac(tape.log(), BAD, last)).encode();
            assertFoundAnyway(Damage.BEYOND_HEAD, BAD, tape.withHead(old));
            assertNull(tape.with(tape.rows().subList(0, BAD))
                    .withHead(old)
                    .verify()
                    .finding());
        }
    }

    @Test
    void a_head_that_is_no_head_or_another_logs_is_found() {
        assertFoundAnyway(Damage.HEAD_INVALID, COUNT, tape.withHead(new byte[] {1}));
        assertFoundAnyway(Damage.FOREIGN_LOG, COUNT, tape.withHead(otherLog().head()));
    }

    @Test
    void a_head_that_names_another_last_record_is_found() {
        AuditHead head = tape.parsedHead();
        byte[] other = new AuditHead(head.log(), head.count(), new byte[32], head.mac()).encode();
        assertFound(Damage.HEAD_INVALID, COUNT, tape.withHead(other).verify());
        assertFound(Damage.EDITED, COUNT - 1, tape.withHead(other).verifyWithoutKey());
    }

    @Test
    void stripped_macs_are_found_even_without_the_key() {
        assertFoundAnyway(
                Damage.MAC_MISSING, BAD, tape.change(BAD, row -> new AuditRow(row.seq(), row.record(), new byte[0])));
        assertFoundAnyway(Damage.MAC_MISSING, BAD, tape.relinked(BAD, (seq, leaf, old) -> new byte[0]));
        assertFoundAnyway(
                Damage.MAC_INVALID, BAD, tape.change(BAD, row -> new AuditRow(row.seq(), row.record(), new byte[31])));
    }

    @Test
    void a_wrong_mac_on_a_record_that_stands_in_the_chain_is_found() {
        for (int place : new int[] {0, BAD, COUNT - 1}) {
            Tape wrong = tape.change(place, row -> new AuditRow(row.seq(), row.record(), new byte[32]));
            assertFound(Damage.MAC_INVALID, place, wrong.verify());
        }
    }

    @Test
    void links_made_anew_without_the_key_are_found_at_the_first_edited_record() {
        Tape edited = tape.changeRecord(BAD, old -> {
            AuditRecord record = AuditRecord.parse(old);
            return new AuditRecord(
                            record.log(),
                            record.seq(),
                            record.node(),
                            record.boot(),
                            record.wallMillis(),
                            record.monotonicNanos(),
                            AuditFixture.fullEvent(),
                            record.previous())
                    .encode();
        });
        assertFound(
                Damage.MAC_INVALID,
                BAD,
                edited.relinked(BAD, (seq, leaf, old) -> old).verify());
    }

    @Test
    void whoever_takes_the_current_key_cannot_make_macs_of_earlier_epochs() {
        try (VerificationKey first = tape.key();
                MacKeys keys = new MacKeys(first.key())) {
            long now = COUNT / Tape.EPOCH;
            Tape.Remac thief =
                    (seq, leaf, old) -> keys.of(Math.max(now, seq / Tape.EPOCH)).mac(leaf);
            assertFound(Damage.REKEYED, BAD, forged(BAD, thief).verify());
            assertFound(
                    Damage.REKEYED,
                    now * Tape.EPOCH - 1,
                    forged((int) (now * Tape.EPOCH) - 1, thief).verify());
        }
    }

    /** The limit of what MACs alone can do: until an epoch ends, whoever has its key can write its records anew. */
    @Test
    void whoever_takes_the_current_key_can_write_the_current_epoch_anew_and_nothing_before() {
        int start = (int) (COUNT / Tape.EPOCH * Tape.EPOCH);
        try (VerificationKey first = tape.key();
                MacKeys keys = new MacKeys(first.key())) {
            Tape anew =
                    forged(start, (seq, leaf, old) -> keys.of(seq / Tape.EPOCH).mac(leaf));
            AuditHead head = anew.parsedHead();
            byte[] mac = keys.of(COUNT / Tape.EPOCH).headMac(head.log(), head.count(), head.last());
            assertNull(anew.withHead(new AuditHead(head.log(), head.count(), head.last(), mac).encode())
                    .verify()
                    .finding());
        }
    }

    private Tape forged(int place, Tape.Remac macs) {
        return tape.changeNode(place, "forged").relinked(place, macs);
    }

    @Test
    void two_genuine_histories_put_together_are_a_fork() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (TokenStore store = Stores.open("sqlite:" + one)) {
            record(store, new UUID(1, 1));
        }
        Files.copy(one, two);
        Tape first;
        Tape second;
        try (TokenStore a = Stores.open("sqlite:" + one);
                TokenStore b = Stores.open("sqlite:" + two)) {
            first = record(a, new UUID(2, 2));
            second = record(b, new UUID(3, 3));
        }
        assertNull(first.verify().finding());
        assertNull(second.verify().finding());
        int place = COUNT + 20;
        List<AuditRow> mixed = new ArrayList<>(first.rows().subList(0, place));
        mixed.addAll(second.rows().subList(place, second.rows().size()));
        assertFound(Damage.FORKED, place, second.with(mixed).verify());
        assertFound(Damage.EDITED, place - 1, second.with(mixed).verifyWithoutKey());
        assertFound(
                Damage.FORKED,
                first.rows().size(),
                first.with(first.rows()).withHead(second.head()).verify());
    }

    @Test
    void the_current_key_alone_checks_the_macs_of_its_epoch_and_those_that_follow() {
        try (TokenStore store = Stores.open("memory:");
                AuditLog log = AuditLog.open(store, AuditFixture.settings(folder), Tape.EPOCH)) {
            for (int i = 1; i < COUNT; i++) {
                log.append(login());
            }
            Tape fresh = Tape.of(store, log, folder);
            long from = COUNT / Tape.EPOCH * Tape.EPOCH;
            try (VerificationKey current = log.currentKey()) {
                VerifyReport report = fresh.verify(current);
                assertNull(report.finding());
                assertEquals(from, report.macsCheckedFrom());
                Tape late = fresh.change((int) from, row -> new AuditRow(row.seq(), row.record(), new byte[32]));
                assertFound(Damage.MAC_INVALID, from, late.verify(current));
                Tape early = fresh.changeRecord((int) from - 1, old -> {
                    old[old.length - 40] ^= 1;
                    return old;
                });
                assertTrue(!early.verify(current).isOk());
            }
        }
    }

    @Test
    void a_log_made_anew_with_another_key_from_its_first_record_on_is_found_as_such() {
        SecretBytes invented = SecretBytes.adopt(AuditFixture.hash(0x77));
        try (MacKeys keys = new MacKeys(new EpochKey(0, invented))) {
            Tape anew = tape.relinked(
                    0, (seq, leaf, old) -> keys.of(seq / Tape.EPOCH).mac(leaf));
            assertFound(Damage.GENESIS_REKEYED, 0, anew.verify());
        }
    }
}
