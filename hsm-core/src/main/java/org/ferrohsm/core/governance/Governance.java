// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.approval.Ballot;
import org.ferrohsm.core.governance.approval.Digests;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.RequestState;
import org.ferrohsm.core.governance.approval.Subject;
import org.ferrohsm.core.governance.ledger.Book;
import org.ferrohsm.core.governance.ledger.Ledger;
import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.Decision;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import org.ferrohsm.core.governance.policy.PolicyReader;
import org.ferrohsm.core.token.Slots;
import org.ferrohsm.core.token.Transactions;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the policy of a token says of an operation, and the operation's consent: an approval is spent, and what it was for
 * is recorded, in one transaction, which alone may release a result.
 */
public final class Governance {
    static final String POLICY = "policy";
    static final String PEOPLE = "people";

    private static final String POLICY_PURPOSE = "ferrohsm-policy-v1";

    private final Transactions store;
    private final Slots slots;
    private final Ledger ledger;
    private final AuditLog audit;
    private final Desk desk;
    private final Clock clock;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    /** What a book gave when it was last read. */
    private record Seen(byte[] book, @Nullable InForce inForce) {}

    public Governance(
            Transactions store,
            Slots slots,
            Ledger ledger,
            AuditLog audit,
            Ballot ballot,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.slots = slots;
        this.ledger = ledger;
        this.audit = audit;
        this.desk = new Desk(ballot, random);
        this.clock = clock;
    }

    /**
     * What governs a token now, null if nothing does. Asked for at every use of a key.
     *
     * @throws HsmException DEVICE_ERROR if it is not as it was written
     */
    public @Nullable InForce inForce(UUID token) {
        byte[] book = slots.governance(token);
        if (book == null) {
            return null;
        }
        Seen known = seen.get(token);
        if (known == null || !Arrays.equals(known.book, book)) {
            InForce present = store.read(tx ->
                    ledger.read(tx, token).flatMap(each -> policy(tx, each)).orElse(null));
            known = new Seen(book, present);
            seen.put(token, known);
        }
        return known.inForce;
    }

    /** What is said of an operation now, without doing or recording anything. */
    public Decision decide(InForce inForce, Deed deed) {
        return inForce.policy()
                .decide(deed.asks(), deed.mechanism(), deed.asker().account(), clock.instant());
    }

    /** See {@link #perform(Deed, byte[], Work)}, where there is nothing to do in the transaction. */
    public void perform(Deed deed, byte[] data) {
        perform(deed, data, tx -> List.of(deed.event(deed.action())));
    }

    /** Does something and gives the records of it. */
    @FunctionalInterface
    public interface Work {
        List<AuditEvent.Builder> run(StoreWriter tx);
    }

    /**
     * Does something if the policy allows it and, where it asks for that, it has been approved: approval and deed in one
     * transaction, or neither. Not to be called inside a transaction.
     *
     * @param data digest of what it is done to
     * @throws HsmException FUNCTION_REJECTED if it is not allowed, or not approved: then a request waits for that
     */
    public void perform(Deed deed, byte[] data, Work work) {
        Optional<HsmException> refusal = store.write(tx -> {
            Book book = ledger.read(tx, deed.token())
                    .orElseThrow(
                            () -> Fault.FUNCTION_REJECTED.because("the key has policy tags and no policy is in force"));
            InForce inForce = policy(tx, book)
                    .orElseThrow(
                            () -> Fault.FUNCTION_REJECTED.because("the key has policy tags and no policy is in force"));
            return perform(tx, book, inForce, deed, data, work);
        });
        refusal.ifPresent(e -> {
            throw e;
        });
    }

    /** In the transaction: what to throw once it is committed, empty if the deed is done. */
    Optional<HsmException> perform(StoreWriter tx, Book book, InForce inForce, Deed deed, byte[] data, Work work) {
        Decision decision = decide(inForce, deed);
        if (decision instanceof Decision.Deny deny) {
            return refuse(tx, deed, deny.reason());
        }
        List<AuditEvent.Builder> events = new ArrayList<>();
        boolean approves = decision instanceof Decision.NeedsApproval;
        var limits = decision instanceof Decision.NeedsApproval needs
                ? needs.limits()
                : ((Decision.Allow) decision).limits();
        Optional<String> reached = Counters.reached(tx, book, limits, deed.key());
        if (reached.isPresent()) {
            return refuse(tx, deed, reached.get());
        }
        byte[] digest = null;
        if (decision instanceof Decision.NeedsApproval needs) {
            Subject subject = deed.subject(needs.terms().activationUses() == null ? data : null);
            Dossier approved = approved(tx, book, inForce, subject, events);
            if (approved == null || approved.state() != RequestState.APPROVED) {
                return pending(tx, book, inForce, deed, subject, needs, approved, events);
            }
            digest = approved.request().digest();
            desk.use(tx, book, deed, approved, events);
        }
        Counters.count(tx, book, limits, deed.key());
        List<AuditEvent.Builder> done = new ArrayList<>();
        for (AuditEvent.Builder event : work.run(tx)) {
            done.add(digest == null ? event : event.approvalHash(digest));
        }
        done.addAll(events);
        if (approves || !limits.isEmpty()) {
            ledger.save(tx, book, done);
        } else {
            done.forEach(event -> audit.append(tx, event.build()));
        }
        return Optional.empty();
    }

    /** The open request for this, if it is still good; one that is not has ended. */
    private @Nullable Dossier approved(
            StoreWriter tx, Book book, InForce inForce, Subject subject, List<AuditEvent.Builder> events) {
        Dossier dossier = desk.open(tx, book, subject).orElse(null);
        if (dossier == null) {
            return null;
        }
        if (dossier.isOverdue(book.now())) {
            desk.expire(tx, book, dossier, events);
            return null;
        }
        if (dossier.state() == RequestState.APPROVED && !desk.isGood(dossier, inForce)) {
            desk.end(
                    tx,
                    book,
                    dossier,
                    RequestState.Event.SUPERSESSION,
                    "its approvals no longer hold: the policy or the approvers have changed",
                    events);
            return null;
        }
        return dossier;
    }

    private Optional<HsmException> pending(
            StoreWriter tx,
            Book book,
            InForce inForce,
            Deed deed,
            Subject subject,
            Decision.NeedsApproval needs,
            @Nullable Dossier waiting,
            List<AuditEvent.Builder> events) {
        Dossier dossier = waiting;
        if (dossier == null) {
            desk.sweep(tx, book, events);
            dossier = desk.request(tx, book, inForce, deed, subject, needs.terms(), events);
        }
        UUID id = dossier.request().id();
        events.add(deed.event(deed.action()).failed(Fault.FUNCTION_REJECTED).detail("request", id.toString()));
        ledger.save(tx, book, events);
        return Optional.of(Fault.FUNCTION_REJECTED.awaiting(
                id,
                "approval is needed by " + dossier.request().quorum() + " (" + needs.reason() + "): request " + id
                        + " waits for it, `ferrohsm approval show " + id + "`; repeat the call once it is approved"));
    }

    /** Records that an operation failed; no approval is spent on it. */
    void failed(Deed deed, Fault fault) {
        audit.append(deed.event(deed.action()).failed(fault).build());
    }

    private Optional<HsmException> refuse(StoreWriter tx, Deed deed, String reason) {
        audit.append(
                tx,
                deed.event(deed.action())
                        .failed(Fault.FUNCTION_REJECTED)
                        .detail("policy", reason)
                        .build());
        return Optional.of(Fault.FUNCTION_REJECTED.because("the policy does not allow it: " + reason));
    }

    /** The policy in a book with its approvers, empty if none has been put in force yet. */
    static Optional<InForce> policy(StoreReader tx, Book book) {
        return book.row(tx, POLICY).map(text -> new InForce(read(text), text, hash(text), people(tx, book)));
    }

    static People people(StoreReader tx, Book book) {
        try {
            return book.row(tx, PEOPLE).map(People::decode).orElse(People.NOBODY);
        } catch (CborException e) {
            throw Fault.DEVICE_ERROR.because("the list of approvers is damaged", e);
        }
    }

    /** The digest that stands for a policy. */
    static byte[] hash(byte[] text) {
        return Digests.of(POLICY_PURPOSE, text);
    }

    private static PolicyDocument read(byte[] text) {
        try {
            return PolicyReader.read(text);
        } catch (HsmException e) {
            throw Fault.DEVICE_ERROR.because("the policy in force cannot be read: " + e.getMessage(), e);
        }
    }

    Desk desk() {
        return desk;
    }

    Ledger ledger() {
        return ledger;
    }

    Transactions store() {
        return store;
    }
}
