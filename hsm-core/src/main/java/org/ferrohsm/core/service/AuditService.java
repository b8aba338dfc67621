// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.ferrohsm.core.audit.AuditExport;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.audit.AuditSource;
import org.ferrohsm.core.audit.AuditVerifier;
import org.ferrohsm.core.audit.JoinedSource;
import org.ferrohsm.core.audit.StoreSource;
import org.ferrohsm.core.audit.VerificationKey;
import org.ferrohsm.core.audit.VerifyReport;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.tlog.InclusionProof;
import org.ferrohsm.core.token.StateRoot;
import org.ferrohsm.core.token.Transactions;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Shows and verifies the audit log, and writes nothing, so that it also works where the rest of the store does not.
 * Methods throw {@link HsmException}: DEVICE_ERROR where the store cannot be read, ARGUMENTS_BAD for a file that is not
 * what it is said to be.
 */
public final class AuditService {
    /**
     * A record as it stands in the store.
     *
     * @param seq the number of its row
     * @param record the record, null if the bytes are none
     */
    public record Entry(long seq, @Nullable AuditRecord record) {}

    private static final int PAGE = 500;

    private final TokenStore store;
    private final @Nullable StateRoot stateRoot;
    private final Path keyFolder;

    /**
     * Over {@code store}, which stays the caller's.
     *
     * @param stateRoot compares the tokens with what the log tells of them; null where the root key is not to be had
     * @param keyFolder where a verification key is looked for
     */
    public AuditService(TokenStore store, @Nullable StateRoot stateRoot, Path keyFolder) {
        this.store = store;
        this.stateRoot = stateRoot;
        this.keyFolder = keyFolder;
    }

    /** The number of the newest record, empty if there is none. */
    public OptionalLong last() {
        return read(StoreReader::lastAudit);
    }

    /** The records from {@code seq} on, read page by page. */
    public Iterator<Entry> from(long seq) {
        return new Iterator<>() {
            private long next = seq;
            private Iterator<AuditRow> page = page(seq);

            @Override
            public boolean hasNext() {
                if (!page.hasNext()) {
                    page = page(next);
                }
                return page.hasNext();
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                AuditRow row = page.next();
                next = row.seq() + 1;
                return entry(row);
            }
        };
    }

    /**
     * Where the log's verification key lies, null if it is not in its folder: the auditor may have taken it away.
     */
    public @Nullable Path keyFile() {
        try (AuditSource source = new StoreSource(store, null)) {
            UUID log = source.claimedLog();
            Path file = log == null ? null : keyFolder.resolve(VerificationKey.fileName(log));
            return file != null && Files.exists(file) ? file : null;
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    /**
     * Verifies the store's log, and the tokens' state against it.
     *
     * @param evidence without a verification key no MAC is checked
     * @param progress is told how many records have been read
     */
    public VerifyReport verify(AuditEvidence evidence, LongConsumer progress) {
        StateRoot roots = stateRoot;
        try (AuditSource source = new StoreSource(store, roots == null ? null : reader -> stateRoots(roots, reader))) {
            return verify(source, evidence, progress);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    /** Verifies a log that {@link #export} wrote, in one piece or several, the oldest first. */
    public static VerifyReport verifyExport(List<Path> pieces, AuditEvidence evidence, LongConsumer progress) {
        return withExport(pieces, source -> verify(source, evidence, progress));
    }

    /** Proves a record of the store's log; see {@link ProofService#prove}. */
    public InclusionProof prove(long seq, @Nullable String checkpoint) {
        try (AuditSource source = new StoreSource(store, null)) {
            return ProofService.prove(source, seq, checkpoint);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    /** Proves a record of a log that {@link #export} wrote. */
    public static InclusionProof proveExport(List<Path> pieces, long seq, @Nullable String checkpoint) {
        return withExport(pieces, source -> ProofService.prove(source, seq, checkpoint));
    }

    private static <T> T withExport(List<Path> pieces, Function<AuditSource, T> work) {
        List<AuditSource> opened = new ArrayList<>();
        try {
            for (Path piece : pieces) {
                opened.add(AuditExport.open(piece));
            }
            return work.apply(new JoinedSource(opened));
        } catch (IOException | UncheckedIOException e) {
            throw Fault.ARGUMENTS_BAD.because("cannot read " + pieces + ": check paths and modes", e);
        } finally {
            opened.forEach(AuditSource::close);
        }
    }

    /** Writes the log to {@code out}, to be verified elsewhere. */
    public void export(Writer out) throws IOException {
        export(0, Long.MAX_VALUE, out);
    }

    /** Writes the records from {@code from} up to before {@code before}, to be verified with the others. */
    public void export(long from, long before, Writer out) throws IOException {
        try (AuditSource source = new StoreSource(store, null, from)) {
            AuditExport.write(source, before, out);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    private static VerifyReport verify(AuditSource source, AuditEvidence evidence, LongConsumer progress) {
        AuditVerifier verifier = new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE);
        AuditSource counted = new CountedSource(source, progress);
        Path keyFile = evidence.keyFile();
        if (keyFile == null) {
            return evidence.use(files -> verifier.verify(counted, null, files));
        }
        try (VerificationKey key = VerificationKey.read(keyFile)) {
            return evidence.use(files -> verifier.verify(counted, key, files));
        }
    }

    /** A token whose state cannot be told is in none that the log could tell of. */
    private static Map<UUID, byte[]> stateRoots(StateRoot stateRoot, StoreReader reader) {
        Map<UUID, byte[]> roots = new HashMap<>();
        for (TokenRow token : reader.tokens()) {
            byte[] root = new byte[0];
            try {
                root = stateRoot.current(reader, token.id());
            } catch (HsmException e) {
                if (e.fault() != Fault.DEVICE_ERROR) {
                    throw e;
                }
            }
            roots.put(token.id(), root);
        }
        return roots;
    }

    private Iterator<AuditRow> page(long seq) {
        return read(reader -> reader.audit(seq, PAGE)).iterator();
    }

    private <T> T read(Function<? super StoreReader, T> work) {
        return new Transactions(store).read(work);
    }

    private static Entry entry(AuditRow row) {
        try {
            return new Entry(row.seq(), AuditRecord.parse(row.record()));
        } catch (CborException e) {
            return new Entry(row.seq(), null);
        }
    }

    /** Tells how far it has been read. */
    private static final class CountedSource implements AuditSource {
        private final AuditSource source;
        private final LongConsumer progress;
        private long count;

        CountedSource(AuditSource source, LongConsumer progress) {
            this.source = source;
            this.progress = progress;
        }

        @Override
        public @Nullable UUID claimedLog() {
            return source.claimedLog();
        }

        @Override
        public @Nullable String checkpoint() {
            return source.checkpoint();
        }

        @Override
        public @Nullable AuditRow next() {
            AuditRow row = source.next();
            if (row != null) {
                progress.accept(++count);
            }
            return row;
        }

        @Override
        public End end() {
            return source.end();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
