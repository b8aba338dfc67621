// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.audit.Anchoring;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.AuditOrigin;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.audit.AuditSettings;
import org.ferrohsm.core.audit.Checkpoints;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;

/** A log in memory whose checkpoints go to anchors. */
final class AnchoredLog implements AutoCloseable {
    final Engines engines = new Engines();
    final Path folder;
    final Anchoring anchoring;
    final Checkpoints checkpoints;
    final AuditLog log;
    private final AuditSettings auditSettings;
    private final String places;
    private final TokenStore store = Stores.open("memory:");

    AnchoredLog(Path folder, String places) {
        this(folder, places, 100, Anchoring.WhenAway.CONTINUE);
    }

    AnchoredLog(Path folder, String places, int spool, Anchoring.WhenAway whenAway) {
        this.folder = folder;
        this.places = places;
        auditSettings = new AuditSettings(
                SecretBytes.adopt(new byte[32]),
                new AuditOrigin("node-1", new UUID(0, 1), "test"),
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom(),
                folder);
        log = AuditLog.open(store, auditSettings);
        anchoring = new Anchoring(store, log, auditSettings, Anchors.of(places, settings()), spool, whenAway);
        checkpoints = new Checkpoints(store, log, auditSettings, engines, anchoring);
    }

    /** What another program on the same store has. */
    Anchoring again() {
        return new Anchoring(
                store, log, auditSettings, Anchors.of(places, settings()), 100, Anchoring.WhenAway.CONTINUE);
    }

    private AnchorSettings settings() {
        return new AnchorSettings(
                folder.resolve("receipts"), "", folder.resolve("s3.key"), "us-east-1", 30, engines, Clock.systemUTC());
    }

    /** Adds records and makes a checkpoint of them. */
    SignedNote grow(int records) {
        log.append(Collections.nCopies(
                records,
                AuditEvent.of(AuditAction.LOGIN).actor("user").session(1).build()));
        return checkpoints.make();
    }

    /** Delivers to the only anchor, which takes everything. */
    void deliver() {
        Anchoring.Status status = anchoring.deliver().get(0);
        assertEquals(null, status.problem());
        assertEquals(0, status.pending());
    }

    /** Delivers to the only anchor, which is away; tells how it fares. */
    Anchoring.Status fail() {
        Anchoring.Status status = anchoring.deliver().get(0);
        assertEquals(true, status.problem() != null, "the anchor took it");
        return status;
    }

    /** The names of all records' operations. */
    List<String> operations() {
        return store.read(tx -> tx.audit(0, 100_000)).stream()
                .map(row -> AuditRecord.parse(row.record()).event().operation())
                .toList();
    }

    static long size(SignedNote note) {
        try {
            return Checkpoint.parse(note.text()).size();
        } catch (NoteException e) {
            throw new AssertionError(e);
        }
    }

    /** The only receipt of a kind for a checkpoint. */
    Path receipt(SignedNote note, String kind) throws IOException {
        String name = String.format("%020d.%s", size(note), kind);
        try (var files = Files.walk(folder.resolve("receipts"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        log.close();
        store.close();
    }
}
