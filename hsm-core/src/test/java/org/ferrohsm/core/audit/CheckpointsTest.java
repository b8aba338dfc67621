// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.ferrohsm.core.audit.AuditFixture.login;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.FaultAssertions;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.Frontier;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;

    private final TestTime time = new TestTime();
    private final Engines engines = new Engines();
    private final List<SignedNote> told = new ArrayList<>();
    private TokenStore store;
    private AuditSettings settings;
    private AuditLog log;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        store = Stores.open("memory:");
        settings = AuditFixture.settings(folder, AuditFixture.BOOT, time);
        log = AuditLog.open(store, settings);
        checkpoints = new Checkpoints(store, log, settings, engines, (tx, note) -> told.add(note));
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
    }

    private void logins(int count) {
        log.append(Collections.nCopies(count, login()));
    }

    private Path anchor(SignedNote... notes) throws IOException {
        StringBuilder text = new StringBuilder();
        for (SignedNote note : notes) {
            text.append(note.format()).append('\n');
        }
        return Files.writeString(folder.resolve("anchor"), text);
    }

    private VerifyReport verify(Path... anchors) throws IOException {
        return verify(store, List.of(), anchors);
    }

    private VerifyReport verify(TokenStore verified, List<NoteKey> keys, Path... anchors) throws IOException {
        List<CheckpointFile> files = new ArrayList<>();
        for (Path anchor : anchors) {
            files.add(new CheckpointFile(anchor));
        }
        UUID id = log.id();
        try (StoreSource source = new StoreSource(verified, null);
                VerificationKey key = VerificationKey.read(folder.resolve(VerificationKey.fileName(id)))) {
            return new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE)
                    .verify(source, key, new Evidence(new NoteVerifier(engines), keys, files));
        } finally {
            files.forEach(CheckpointFile::close);
        }
    }

    private static void assertFound(Damage damage, long seq, VerifyReport report) {
        assertNotNull(report.finding());
        assertEquals(
                damage + " " + seq,
                report.finding().damage() + " " + report.finding().seq(),
                report.finding().detail());
    }

    @Test
    void a_checkpoint_is_signed_by_the_key_that_the_log_names_and_has_the_root_of_all_records() throws Exception {
        logins(600);
        SignedNote note = checkpoints.make();
        Checkpoint checkpoint = note.verify(new NoteVerifier(engines), checkpoints.publicKeys());
        Frontier whole = new Frontier();
        store.read(tx -> tx.audit(0, 10_000)).forEach(row -> whole.add(TreeHash.leaf(row.record())));
        assertEquals(whole.size(), checkpoint.size());
        assertArrayEquals(whole.root(), checkpoint.root());
        assertEquals("ferrohsm/audit/" + log.id(), checkpoint.origin());
        assertEquals(2, note.signatures().size());
        assertEquals(List.of(note), told);
        VerifyReport report = verify();
        assertNull(report.finding());
        assertEquals(1, report.checkpoints());
    }

    @Test
    void without_a_new_record_the_checkpoint_stays() {
        String first = checkpoints.make().format();
        time.forward(Duration.ofHours(1));
        assertFalse(checkpoints.isDue());
        assertEquals(first, checkpoints.make().format());
        assertEquals(1, told.size());
    }

    @Test
    void a_checkpoint_is_due_after_sixty_seconds_or_4096_records() {
        assertFalse(checkpoints.isDue());
        time.forward(Duration.ofSeconds(60));
        assertTrue(checkpoints.isDue());
        checkpoints.make();
        assertFalse(checkpoints.isDue());
        logins(4095);
        assertFalse(checkpoints.isDue());
        logins(1);
        assertTrue(checkpoints.isDue());
        checkpoints.make();
        logins(1);
        time.forward(Duration.ofSeconds(59));
        assertFalse(checkpoints.isDue());
        time.forward(Duration.ofSeconds(1));
        assertTrue(checkpoints.isDue());
    }

    @Test
    void records_that_have_a_checkpoint_are_not_read_again_for_the_next() throws Exception {
        logins(2000);
        checkpoints.make();
        long covered = Checkpoint.parse(told.get(0).text()).size();
        ReadCountingStore counting = new ReadCountingStore(store);
        logins(10);
        new Checkpoints(counting, log, settings, engines, (tx, note) -> {}).make();
        assertTrue(counting.lowestRead() >= covered, "record " + counting.lowestRead() + " was read again");
    }

    @Test
    void another_process_goes_on_where_this_one_stopped() throws Exception {
        checkpoints.make();
        logins(5);
        try (AuditLog other = AuditLog.open(store, AuditFixture.settings(folder, new UUID(2, 2), time))) {
            new Checkpoints(store, other, settings, engines, (tx, note) -> told.add(note)).make();
        }
        assertEquals(2, told.size());
        assertNull(verify(anchor(told.get(0), told.get(1))).finding());
    }

    @Test
    void a_record_changed_before_its_checkpoint_is_made_is_never_signed() {
        Path file = folder.resolve("store");
        try (TokenStore disk = Stores.open("sqlite:" + file);
                AuditLog logged = AuditLog.open(disk, settings)) {
            logged.append(Collections.nCopies(5, login()));
            Tape tape = Tape.of(disk, logged, folder);
            byte[] record = tape.rows().get(3).record();
            record[record.length - 40] ^= 1;
            SqliteEdits.replace(file, new AuditRow(3, record, tape.rows().get(3).mac()));
            FaultAssertions.assertFault(
                    Fault.DEVICE_ERROR,
                    () -> new Checkpoints(disk, logged, settings, engines, (tx, note) -> {}).make());
        }
    }

    @Test
    void a_checkpoint_that_an_anchor_kept_convicts_a_log_that_is_older_than_it() throws Exception {
        logins(20);
        checkpoints.make();
        store.write(tx -> {
            tx.removeEntry(Scopes.STORE, Checkpoints.ENTRY);
            return true;
        });
        assertNull(verify(anchor(told.get(0))).finding());
        long size = log.append(login()) + 1;
        SignedNote later = checkpoints.make();
        assertEquals(size, Checkpoint.parse(later.text()).size());
        assertNull(verify(anchor(told.get(0), later)).finding());
        Tape old = Tape.of(store, log, folder);
        try (TokenStore shorter = Stores.open("memory:");
                VerificationKey first = old.key()) {
            AuditHead head = old.parsedHead();
            byte[] last = TreeHash.leaf(old.rows().get((int) size - 2).record());
            byte[] mac = first.key().headMac(head.log(), size - 1, last);
            shorter.write(tx -> {
                old.rows().subList(0, (int) size - 1).forEach(tx::appendAudit);
                tx.putEntry(Scopes.STORE, AuditHead.ENTRY, new AuditHead(head.log(), size - 1, last, mac).encode());
                return true;
            });
            assertNull(verify(shorter, List.of()).finding());
            assertFound(Damage.CHECKPOINT_AHEAD, size - 1, verify(shorter, List.of(), anchor(later)));
        }
    }

    @Test
    void swapped_foreign_forged_and_unordered_checkpoints_are_refused() throws Exception {
        logins(3);
        SignedNote first = checkpoints.make();
        logins(3);
        SignedNote second = checkpoints.make();
        assertFound(Damage.CHECKPOINT_INVALID, 5, verify(anchor(second, first)));
        SignedNote swapped = new SignedNote(second.text(), first.signatures());
        assertFound(Damage.CHECKPOINT_INVALID, 8, verify(anchor(first, swapped)));
        SignedNote foreign = CheckpointKeys.generate(engines, new UUID(6, 6)).sign(5, new byte[32], 0);
        assertFound(Damage.CHECKPOINT_INVALID, 0, verify(anchor(foreign)));
        SignedNote forged = CheckpointKeys.generate(engines, log.id()).sign(5, new byte[32], 0);
        assertFound(Damage.CHECKPOINT_INVALID, 0, verify(anchor(forged)));
        Path garbage = Files.writeString(folder.resolve("garbage"), "nothing\n");
        assertFound(Damage.CHECKPOINT_INVALID, 0, verify(garbage));
        assertNull(verify(anchor(first, second)).finding());
        assertNull(verify(anchor(first, first, second)).finding());
    }

    @Test
    void a_log_that_is_gone_contradicts_the_checkpoint_that_was_kept_even_without_its_verification_key()
            throws Exception {
        SignedNote note = checkpoints.make();
        Path kept = anchor(note);
        for (List<NoteKey> keys : List.of(checkpoints.publicKeys(), List.<NoteKey>of())) {
            try (TokenStore empty = Stores.open("memory:");
                    StoreSource source = new StoreSource(empty, null);
                    CheckpointFile file = new CheckpointFile(kept)) {
                Evidence evidence = new Evidence(new NoteVerifier(engines), keys, List.of(file));
                assertFound(
                        keys.isEmpty() ? Damage.CHECKPOINT_INVALID : Damage.CHECKPOINT_AHEAD,
                        0,
                        new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE).verify(source, null, evidence));
            }
        }
    }

    @Test
    void keys_that_the_verifier_was_given_must_be_those_that_the_log_names() throws Exception {
        SignedNote note = checkpoints.make();
        assertNull(verify(store, checkpoints.publicKeys(), anchor(note)).finding());
        List<NoteKey> others = CheckpointKeys.generate(engines, log.id()).publicKeys();
        assertFound(Damage.CHECKPOINT_INVALID, 1, verify(store, others));
    }

    @Test
    void a_log_written_anew_by_whoever_holds_all_keys_contradicts_the_checkpoint_that_was_kept() throws Exception {
        logins(10);
        checkpoints.make();
        Tape tape = Tape.of(store, log, folder);
        try (VerificationKey key = tape.key()) {
            Tape anew = tape.changeNode(5, "node-2")
                    .relinked(5, (seq, leaf, old) -> key.key().mac(leaf));
            AuditHead head = anew.parsedHead();
            Tape finished = anew.withHead(new AuditHead(
                            head.log(),
                            head.count(),
                            head.last(),
                            key.key().headMac(head.log(), head.count(), head.last()))
                    .encode());
            Evidence nothing = AuditFixture.NOTHING;
            AuditVerifier verifier = new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE);
            assertNull(verifier.verify(finished.source(), key, nothing).finding());
            try (CheckpointFile kept = new CheckpointFile(anchor(told.get(0)))) {
                Evidence evidence = new Evidence(nothing.verifier(), List.of(), List.of(kept));
                assertFound(Damage.CHECKPOINT_MISMATCH, 0, verifier.verify(finished.source(), key, evidence));
            }
        }
    }
}
