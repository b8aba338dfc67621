// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.audit.AuditSource;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.InclusionProof;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.core.tlog.TreeProof;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/** Proves to a third party that one record is in a log, without showing it any other. */
public final class ProofService {
    /** What a proof was found to be worth. */
    public enum Verdict {
        RIGHT,
        /** The checkpoint is none, or the log's key has not signed it. */
        CHECKPOINT_INVALID,
        /** The record is not in the tree that the checkpoint tells of. */
        NOT_INCLUDED
    }

    /**
     * A checked proof.
     *
     * @param record what was proven, null if it is no record
     * @param detail what is wrong, empty if nothing is
     */
    public record Result(Verdict verdict, @Nullable AuditRecord record, String detail) {}

    private ProofService() {}

    /**
     * Proves record {@code seq} of a log by a checkpoint.
     *
     * @param source the log from its first record on, the caller's to close
     * @param checkpoint the checkpoint, null for the log's own
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD if the checkpoint does not cover the record or is not one of
     *     this log
     */
    public static InclusionProof prove(AuditSource source, long seq, @Nullable String checkpoint) {
        String text = checkpoint == null ? source.checkpoint() : checkpoint;
        if (text == null) {
            throw Fault.ARGUMENTS_BAD.because("there is no checkpoint yet: make one with `ferrohsm audit checkpoint`");
        }
        try {
            SignedNote note = SignedNote.parse(text);
            Checkpoint head = Checkpoint.parse(note.text());
            if (seq >= head.size()) {
                throw Fault.ARGUMENTS_BAD.because("the checkpoint covers the records before " + head.size()
                        + " only: make a newer one with `ferrohsm audit checkpoint`");
            }
            Leaves leaves = new Leaves(source, seq);
            List<byte[]> hashes = TreeProof.inclusion(seq, head.size(), leaves);
            leaves.upTo(seq);
            InclusionProof proof = new InclusionProof(leaves.wanted(), seq, hashes, note);
            if (!proof.isRight()) {
                throw Fault.ARGUMENTS_BAD.because(
                        "the checkpoint tells of another log, or the log is damaged: run `ferrohsm audit verify`");
            }
            return proof;
        } catch (NoteException e) {
            throw Fault.ARGUMENTS_BAD.because("that is no checkpoint: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw Fault.ARGUMENTS_BAD.because("the log has fewer records than the checkpoint tells of", e);
        }
    }

    /** Checks a proof by the log's public keys alone. */
    public static Result check(String proof, List<NoteKey> keys) {
        try {
            InclusionProof read = InclusionProof.parse(proof);
            AuditRecord record = record(read.leaf());
            Checkpoint head = read.checkpoint().verify(new NoteVerifier(new Engines()), keys);
            if (!read.isRight()) {
                return new Result(
                        Verdict.NOT_INCLUDED, record, "the record is not in the tree that the checkpoint tells of");
            }
            if (record == null || record.seq() != read.index() || !head.origin().endsWith("/" + record.log())) {
                return new Result(Verdict.NOT_INCLUDED, record, "what was proven is no record of this log");
            }
            return new Result(Verdict.RIGHT, record, "");
        } catch (NoteException e) {
            return new Result(Verdict.CHECKPOINT_INVALID, null, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable AuditRecord record(byte[] bytes) {
        try {
            return AuditRecord.parse(bytes);
        } catch (CborException e) {
            return null;
        }
    }

    /** The leaf hashes of a log, one of whose records is kept on the way. */
    private static final class Leaves implements Iterator<byte[]> {
        private final AuditSource source;
        private final long wanted;
        private long next;
        private @Nullable AuditRow row;
        private byte @Nullable [] kept;

        Leaves(AuditSource source, long wanted) {
            this.source = source;
            this.wanted = wanted;
            this.row = source.next();
        }

        /** Reads on until record {@code seq} has been read. */
        void upTo(long seq) {
            while (next <= seq && hasNext()) {
                next();
            }
        }

        byte[] wanted() {
            if (kept == null) {
                throw new IllegalArgumentException("the log has no record " + wanted);
            }
            return kept;
        }

        @Override
        public boolean hasNext() {
            return row != null;
        }

        @Override
        public byte[] next() {
            if (row == null) {
                throw new NoSuchElementException();
            }
            byte[] record = row.record();
            if (next == wanted) {
                kept = record;
            }
            next++;
            row = source.next();
            return TreeHash.leaf(record);
        }
    }
}
