// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.ledger;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.AuditTail;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * Where the governance of tokens rests. Each change counts, and its number goes into the audit record of the same
 * transaction: an earlier state that is put back is noticed because the log tells of a later one.
 */
public final class Ledger {
    /** The row, and among a token's entries the place, of the book itself. */
    public static final String BOOK = "book";

    /** The detail of an audit record that holds the change's number. */
    public static final String CHANGE = "governance";

    private final AuditLog audit;
    private final GovernanceTime time;
    private final RowSealer sealer;
    private final Map<UUID, AuditTail> tails = new ConcurrentHashMap<>();

    public Ledger(RootKey root, AuditLog audit, GovernanceTime time, SecureRandom random) {
        this.audit = audit;
        this.time = time;
        this.sealer = new RowSealer(root, random);
    }

    /**
     * The book of a token, empty if it has none.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is not as it was written, or not the last one
     */
    public Optional<Book> read(StoreReader tx, UUID token) {
        return sealer.stored(tx, token, BOOK).map(row -> {
            Book book;
            try {
                book = Book.decode(token, sealer, sealer.open(token, BOOK, row), time);
            } catch (CborException e) {
                throw Fault.DEVICE_ERROR.because("the governance of token " + token + " is damaged", e);
            }
            long change = book.changes();
            Predicate<AuditEvent> changes = event -> isChangeOf(token, event);
            boolean last =
                    tails.computeIfAbsent(token, id -> new AuditTail(audit)).isLast(tx, book.recorded(), changes);
            boolean same = last && recordedChange(tx, book) == change;
            if (!same) {
                throw Fault.DEVICE_ERROR.because("the governance of token " + token
                        + " is not what the audit log says: an earlier state has been put back, or the log is damaged");
            }
            return book;
        });
    }

    /**
     * The book of a token, a new one if it has never had one.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is not as it was written, or has been taken away
     */
    public Book readOrBegin(StoreReader tx, UUID token) {
        return read(tx, token).orElseGet(() -> {
            if (!new AuditTail(audit).hasNone(tx, event -> isChangeOf(token, event))) {
                throw Fault.DEVICE_ERROR.because("the governance of token " + token
                        + " is gone, of which the audit log tells: restore the store from a backup");
            }
            return Book.empty(token, sealer, time);
        });
    }

    /** Saves a book that has been changed, with the records of that. */
    public void save(StoreWriter tx, Book book, List<AuditEvent.Builder> events) {
        List<AuditEvent> records = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            AuditEvent.Builder event = events.get(i).token(book.token());
            if (i == events.size() - 1) {
                event.detail(CHANGE, book.changes() + 1);
            }
            records.add(event.build());
        }
        long first = audit.append(tx, records);
        sealer.seal(tx, book.token(), BOOK, book.encode(book.changes() + 1, first + records.size() - 1));
    }

    private static boolean isChangeOf(UUID token, AuditEvent event) {
        return token.equals(event.token()) && event.number(CHANGE).isPresent();
    }

    private static long recordedChange(StoreReader tx, Book book) {
        return AuditTail.event(tx, book.recorded()).number(CHANGE).orElse(-1);
    }
}
