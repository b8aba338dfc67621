// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.HostJce;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * A token's governance as it stands in one transaction: which rows there are, with the digest of each, so that none can be
 * put back, exchanged, added or taken away alone. Good until the transaction ends.
 */
public final class Book {
    /** The most rows at a time. */
    public static final int MAX_ROWS = 300;

    private static final long FORMAT = 1;
    private static final int DIGEST = 32;

    private final UUID token;
    private final RowSealer sealer;
    private final SortedMap<String, byte[]> rows;
    private final long changes;
    private final long recorded;
    private final GovernanceTime.Mark time;

    private Book(
            UUID token,
            RowSealer sealer,
            SortedMap<String, byte[]> rows,
            long changes,
            long recorded,
            GovernanceTime.Mark time) {
        this.token = token;
        this.sealer = sealer;
        this.rows = rows;
        this.changes = changes;
        this.recorded = recorded;
        this.time = time;
    }

    static Book empty(UUID token, RowSealer sealer, GovernanceTime time) {
        return new Book(token, sealer, new TreeMap<>(), 0, 0, time.now(GovernanceTime.Mark.NEVER));
    }

    static Book decode(UUID token, RowSealer sealer, byte[] plain, GovernanceTime time) {
        RecordFields fields = RecordFields.parse(plain);
        if (fields.number(1) != FORMAT) {
            throw new CborException("another version of the format");
        }
        SortedMap<String, byte[]> rows = new TreeMap<>();
        fields.optionalDictionary(3).entries().forEach((key, value) -> {
            if (!(key instanceof CborValue.Text name) || !(value instanceof CborValue.Bytes mark)) {
                throw new CborException("a row that is none");
            }
            rows.put(name.value(), mark.value());
        });
        Book book = new Book(
                token,
                sealer,
                rows,
                fields.number(2),
                fields.number(4),
                time.now(new GovernanceTime.Mark(fields.number(5), fields.number(6), fields.text(7))));
        fields.requireNoMore();
        return book;
    }

    byte[] encode(long nextChange, long recordedAt) {
        SortedMap<CborValue.Key, CborValue> marks = new TreeMap<>();
        rows.forEach((name, mark) -> marks.put(new CborValue.Text(name), new CborValue.Bytes(mark)));
        RecordFields fields = new RecordFields();
        fields.put(1, FORMAT);
        fields.put(2, nextChange);
        if (!marks.isEmpty()) {
            fields.put(3, new CborValue.Dictionary(marks));
        }
        fields.put(4, recordedAt);
        fields.put(5, time.millis());
        fields.put(6, time.nanos());
        fields.put(7, time.boot());
        return CborWriter.encode(fields.dictionary());
    }

    public UUID token() {
        return token;
    }

    /** Milliseconds since 1970-01-01T00:00Z, which no step of the clock has turned back. */
    public long now() {
        return time.millis();
    }

    /** How often governance has changed. */
    long changes() {
        return changes;
    }

    /** The number of the audit record of the last change. */
    long recorded() {
        return recorded;
    }

    /**
     * A row.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is gone or is not as it was written
     */
    public Optional<byte[]> row(StoreReader tx, String name) {
        byte[] mark = rows.get(name);
        if (mark == null) {
            return Optional.empty();
        }
        byte[] sealed = sealer.stored(tx, token, name)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("governance of token " + token + " has lost its row "
                        + name + ": the store has been changed or damaged"));
        if (!Arrays.equals(HostJce.sha256().digest(sealed), Arrays.copyOf(mark, DIGEST))) {
            throw Fault.DEVICE_ERROR.because("row " + name + " of the governance of token " + token
                    + " is not the one that was written last: the store has been changed or damaged");
        }
        return Optional.of(sealer.open(token, name, sealed));
    }

    /**
     * Which rows there are, with their hints.
     *
     * @param visitor gets name and hint
     */
    public void forEach(BiConsumer<String, byte[]> visitor) {
        for (Map.Entry<String, byte[]> entry : Map.copyOf(rows).entrySet()) {
            byte[] mark = entry.getValue();
            visitor.accept(entry.getKey(), Arrays.copyOfRange(mark, DIGEST, mark.length));
        }
    }

    /**
     * Puts or replaces a row.
     *
     * @param hint short bytes to find it by
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_MEMORY if there are too many rows
     */
    public void put(StoreWriter tx, String name, byte[] plain, byte[] hint) {
        if (!rows.containsKey(name) && rows.size() >= MAX_ROWS) {
            throw Fault.DEVICE_MEMORY.because("the token has too many open requests: approve or deny some");
        }
        byte[] sealed = sealer.seal(tx, token, name, plain);
        byte[] mark = Arrays.copyOf(HostJce.sha256().digest(sealed), DIGEST + hint.length);
        System.arraycopy(hint, 0, mark, DIGEST, hint.length);
        rows.put(name, mark);
    }

    /** Puts a row's last version, which nothing depends on any more. */
    public void retire(StoreWriter tx, String name, byte[] plain) {
        sealer.seal(tx, token, name, plain);
        rows.remove(name);
    }

    /** A row that has been retired, empty if there is none. */
    public Optional<byte[]> retired(StoreReader tx, String name) {
        return rows.containsKey(name)
                ? Optional.empty()
                : sealer.stored(tx, token, name).map(row -> sealer.open(token, name, row));
    }
}
