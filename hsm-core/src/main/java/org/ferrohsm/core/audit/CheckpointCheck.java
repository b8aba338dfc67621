// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.Frontier;
import org.ferrohsm.core.tlog.NoteAlgorithm;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/** The log is the one that checkpoints tell of: its own newest one, and those that anchors have kept. */
final class CheckpointCheck {
    private final Evidence evidence;
    private final List<Notes> sources = new ArrayList<>();
    private final Frontier frontier = new Frontier();
    private List<NoteKey> keys;
    private long checked;
    private long rightUpTo;

    CheckpointCheck(Evidence evidence, @Nullable String own) {
        this.evidence = evidence;
        this.keys = evidence.keys();
        if (own != null) {
            sources.add(new Notes("the log's own checkpoint", new OwnNote(own)));
        }
        for (CheckpointFile file : evidence.files()) {
            sources.add(new Notes("a checkpoint in " + file.name(), file::next));
        }
    }

    /** How many checkpoints were found right. */
    long checked() {
        return checked;
    }

    /** The next record that stands rightly in the chain; what is wrong with checkpoints that end there. */
    @Nullable
    Finding check(AuditRecord record, byte[] leaf) {
        if (sources.isEmpty()) {
            return null;
        }
        frontier.add(leaf);
        Finding wrongKey = learn(record);
        for (Notes source : sources) {
            Finding finding = wrongKey == null ? source.upTo(frontier.size(), record.log()) : wrongKey;
            if (finding != null) {
                sources.clear();
                return finding;
            }
        }
        return null;
    }

    /** What is wrong with the checkpoints that are left when there is no further record. */
    @Nullable
    Finding checkEnd(@Nullable UUID log) {
        for (Notes source : sources) {
            Finding finding = source.beyond(log);
            if (finding != null) {
                return finding;
            }
        }
        return null;
    }

    /** The log's own record names the keys; where the verifier has been given keys, it has to name them. */
    private @Nullable Finding learn(AuditRecord record) {
        Optional<String> named = record.event().is(AuditAction.CHECKPOINT_KEY)
                ? record.event().text(CheckpointKeys.ED25519_DETAIL)
                : Optional.empty();
        if (named.isEmpty()) {
            return null;
        }
        if (evidence.keys().isEmpty()) {
            try {
                keys = List.of(NoteKey.parse(named.get()));
            } catch (NoteException e) {
                return invalid(record.seq(), "the record names a key that is none: " + e.getMessage());
            }
        }
        boolean known = keys.stream()
                .allMatch(key -> key.algorithm() == NoteAlgorithm.ED25519
                        ? key.text().equals(named.get())
                        : CheckpointKeys.hash(key)
                                .equals(record.event()
                                        .text(CheckpointKeys.ML_DSA_DETAIL)
                                        .orElse("")));
        return known ? null : invalid(record.seq(), "the record names other keys for checkpoints than the ones given");
    }

    private static Finding invalid(long seq, String detail) {
        return new Finding(Damage.CHECKPOINT_INVALID, seq, detail);
    }

    /** Gives notes one by one, null at the end. */
    @FunctionalInterface
    private interface Reader {
        @Nullable
        SignedNote next() throws NoteException;
    }

    /** A single note. */
    private static final class OwnNote implements Reader {
        private @Nullable String note;

        OwnNote(String note) {
            this.note = note;
        }

        @Override
        public @Nullable SignedNote next() throws NoteException {
            String text = note;
            note = null;
            return text == null ? null : SignedNote.parse(text);
        }
    }

    /** The notes of one source, of which the next is looked at when the log has got to its size. */
    private final class Notes {
        private final String what;
        private final Reader reader;
        private @Nullable SignedNote note;
        private long size = -1;

        Notes(String what, Reader reader) {
            this.what = what;
            this.reader = reader;
        }

        @Nullable
        Finding upTo(long count, UUID log) {
            try {
                if (size < 0) {
                    advance();
                }
                while (note != null && size <= count) {
                    if (size < count) {
                        return invalid(size, what + " is smaller than the one before it");
                    }
                    Checkpoint checkpoint = verified(note, log);
                    if (!Arrays.equals(checkpoint.root(), frontier.root())) {
                        return new Finding(
                                Damage.CHECKPOINT_MISMATCH,
                                rightUpTo,
                                what + " of size " + size
                                        + " tells of other records: somewhere from here on they were written anew");
                    }
                    checked++;
                    rightUpTo = count;
                    advance();
                }
                return null;
            } catch (NoteException e) {
                return invalid(rightUpTo, what + ": " + e.getMessage());
            }
        }

        @Nullable
        Finding beyond(@Nullable UUID log) {
            try {
                if (size < 0) {
                    advance();
                }
                if (note == null) {
                    return null;
                }
                verified(note, log);
                return new Finding(
                        Damage.CHECKPOINT_AHEAD,
                        frontier.size(),
                        what + " tells of " + size + " records: an old log was put back, or its end is gone");
            } catch (NoteException e) {
                return invalid(rightUpTo, what + ": " + e.getMessage());
            }
        }

        private void advance() throws NoteException {
            note = reader.next();
            size = note == null ? Long.MAX_VALUE : Checkpoint.parse(note.text()).size();
        }

        private Checkpoint verified(SignedNote signed, @Nullable UUID log) throws NoteException {
            if (log != null && !Checkpoint.parse(signed.text()).origin().equals(CheckpointKeys.origin(log))) {
                throw new NoteException("it is of another log");
            }
            return signed.verify(evidence.verifier(), keys);
        }
    }
}
