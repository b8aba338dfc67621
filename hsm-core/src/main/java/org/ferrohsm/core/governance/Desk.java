// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.approval.Ballot;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Request;
import org.ferrohsm.core.governance.approval.RequestState;
import org.ferrohsm.core.governance.approval.Subject;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.governance.ledger.Book;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.ApprovalTerms;
import org.ferrohsm.core.token.Identities;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/** The open requests of a token. Everything happens inside the caller's transaction, on its book. */
final class Desk {
    private static final String ROW = "request/";
    private static final int HINT = 16;
    private static final int NONCE = 32;

    private final Ballot ballot;
    private final SecureRandom random;

    Desk(Ballot ballot, SecureRandom random) {
        this.ballot = ballot;
        this.random = random;
    }

    /** The open request for exactly this, empty if there is none. */
    Optional<Dossier> open(StoreReader tx, Book book, Subject subject) {
        byte[] wanted = subject.hash();
        List<String> candidates = new ArrayList<>();
        book.forEach((name, hint) -> {
            if (name.startsWith(ROW) && Arrays.equals(hint, Arrays.copyOf(wanted, HINT))) {
                candidates.add(name);
            }
        });
        return candidates.stream()
                .map(name -> decode(book.row(tx, name).orElseThrow()))
                .filter(dossier -> Arrays.equals(dossier.request().subject().hash(), wanted))
                .findFirst();
    }

    /** Every open request, oldest first. */
    List<Dossier> all(StoreReader tx, Book book) {
        List<Dossier> all = new ArrayList<>();
        book.forEach((name, hint) -> {
            if (name.startsWith(ROW)) {
                all.add(decode(book.row(tx, name).orElseThrow()));
            }
        });
        all.sort(java.util.Comparator.comparingLong(dossier -> dossier.request().opened()));
        return all;
    }

    /** A request, open or over. */
    Optional<Dossier> find(StoreReader tx, Book book, UUID id) {
        Optional<byte[]> row = book.row(tx, ROW + id);
        if (row.isPresent()) {
            return row.map(Desk::decode);
        }
        return book.retired(tx, ROW + id).map(bytes -> {
            Dossier dossier = decode(bytes);
            if (!dossier.state().isOver()) {
                throw Fault.DEVICE_ERROR.because("request " + id
                        + " is an earlier one of itself that has been put back: the store has been changed");
            }
            return dossier;
        });
    }

    /** Opens a request. */
    Dossier request(
            StoreWriter tx,
            Book book,
            InForce inForce,
            Deed deed,
            Subject subject,
            ApprovalTerms terms,
            List<AuditEvent.Builder> events) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        Long uses = terms.activationUses();
        Request request = new Request(
                Identities.next(random),
                nonce,
                subject,
                deed.label(),
                deed.tags(),
                deed.description(),
                inForce.policy().version(),
                inForce.hash(),
                terms.quorum(),
                book.now(),
                Math.addExact(book.now(), terms.decideWithin().toMillis()),
                terms.useWithin().toMillis(),
                uses == null ? 1 : uses);
        Dossier dossier = Dossier.opened(request);
        put(tx, book, dossier);
        events.add(about(deed.event(AuditAction.APPROVAL_REQUEST), dossier)
                .detail("operation", subject.operation().toString())
                .detail("requester", subject.requester())
                .detail("quorum", terms.quorum().toString()));
        return dossier;
    }

    /** Whether an approved request may be used now, each of its signatures looked at again. */
    boolean isGood(Dossier dossier, InForce inForce) {
        return Arrays.equals(dossier.request().policyHash(), inForce.hash())
                && ballot.isMet(dossier.request(), dossier.votes().values(), inForce.people());
    }

    /** Spends one use of an approved request. */
    void use(StoreWriter tx, Book book, Deed deed, Dossier approved, List<AuditEvent.Builder> events) {
        Dossier next = approved.used();
        put(tx, book, next);
        events.add(about(deed.event(AuditAction.APPROVAL_USE), next)
                .detail("approved-by", String.join(",", next.approvedBy()))
                .detail("uses-left", next.usesLeft()));
    }

    /**
     * Takes a vote.
     *
     * @throws org.ferrohsm.core.fault.HsmException FUNCTION_REJECTED, with the reason, if it does not count
     */
    Dossier vote(
            StoreWriter tx, Book book, People people, Dossier dossier, Vote vote, List<AuditEvent.Builder> events) {
        Dossier next = ballot.cast(dossier, vote, people, book.now());
        Approver approver = people.with(vote.key()).orElseThrow();
        put(tx, book, next);
        AuditAction action = switch (vote.verdict()) {
            case APPROVE -> AuditAction.APPROVAL_APPROVE;
            case DENY -> AuditAction.APPROVAL_DENY;
            case REVOKE -> AuditAction.APPROVAL_REVOKE;
        };
        events.add(about(AuditEvent.of(action).actor(approver.name()), next)
                .detail("person", approver.person())
                .detail("state", next.state().name().toLowerCase(Locale.ROOT)));
        return next;
    }

    /** Ends a request. */
    void end(
            StoreWriter tx,
            Book book,
            Dossier dossier,
            RequestState.Event event,
            String why,
            List<AuditEvent.Builder> events) {
        Dossier next = dossier.ended(event, why);
        put(tx, book, next);
        AuditAction action =
                event == RequestState.Event.EXPIRY ? AuditAction.APPROVAL_EXPIRE : AuditAction.APPROVAL_SUPERSEDE;
        events.add(about(AuditEvent.of(action), next).detail("reason", why));
    }

    /** Ends what is overdue. */
    void sweep(StoreWriter tx, Book book, List<AuditEvent.Builder> events) {
        for (Dossier dossier : all(tx, book)) {
            if (dossier.isOverdue(book.now())) {
                expire(tx, book, dossier, events);
            }
        }
    }

    void expire(StoreWriter tx, Book book, Dossier dossier, List<AuditEvent.Builder> events) {
        String why = dossier.state() == RequestState.PENDING ? "it was not decided in time" : "it was not used in time";
        end(tx, book, dossier, RequestState.Event.EXPIRY, why, events);
    }

    private static AuditEvent.Builder about(AuditEvent.Builder event, Dossier dossier) {
        Request request = dossier.request();
        if (request.subject().object() != null && request.subject().objectVersion() != null) {
            event.object(request.subject().object(), request.subject().objectVersion());
        }
        return event.requestHash(request.subject().hash())
                .approvalHash(request.digest())
                .detail("request", request.id().toString());
    }

    private static void put(StoreWriter tx, Book book, Dossier dossier) {
        String name = ROW + dossier.request().id();
        if (dossier.state().isOver()) {
            book.retire(tx, name, dossier.encode());
        } else {
            book.put(
                    tx,
                    name,
                    dossier.encode(),
                    Arrays.copyOf(dossier.request().subject().hash(), HINT));
        }
    }

    private static Dossier decode(byte[] bytes) {
        try {
            return Dossier.decode(bytes);
        } catch (CborException e) {
            throw Fault.DEVICE_ERROR.because("a request is damaged", e);
        }
    }
}
