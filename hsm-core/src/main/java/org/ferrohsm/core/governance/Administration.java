// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.approval.Digests;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.RequestState;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.governance.ledger.Book;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import org.ferrohsm.core.governance.policy.PolicyReader;
import org.ferrohsm.core.governance.policy.Quorum;
import org.ferrohsm.store.api.StoreWriter;

/**
 * How a token comes under a policy and how that changes: the first approvers are enrolled freely, in a ceremony that the
 * first policy ends; from then on the policy's own quorum approves every change.
 */
public final class Administration {
    private static final String PEOPLE_PURPOSE = "ferrohsm-people-v1";

    private final Governance governance;

    public Administration(Governance governance) {
        this.governance = governance;
    }

    /**
     * Puts a policy in force once its quorum, or that of the policy before, has approved it.
     *
     * @throws HsmException ARGUMENTS_BAD if it is not one that this token can have; FUNCTION_REJECTED until it is approved
     */
    public void apply(UUID token, Asker asker, byte[] text) {
        PolicyDocument policy = PolicyReader.read(text);
        change(token, (tx, book) -> {
            People people = Governance.people(tx, book);
            Optional<InForce> present = Governance.policy(tx, book);
            present.filter(before -> policy.version() <= before.policy().version())
                    .ifPresent(before -> {
                        throw Fault.ARGUMENTS_BAD.because("the policy's version is " + policy.version() + ", and "
                                + before.policy().version() + " is in force: number it higher");
                    });
            requireReachable(policy, people);
            InForce deciding = present.orElseGet(() -> new InForce(policy, text, Governance.hash(text), people));
            Deed deed = deed(
                    token,
                    asker,
                    AuditAction.POLICY_CHANGE,
                    GovernedOperation.POLICY,
                    "put version " + policy.version() + " of the policy in force");
            return governance.perform(tx, book, deciding, deed, Governance.hash(text), now -> {
                List<AuditEvent.Builder> events = new ArrayList<>();
                book.put(now, Governance.POLICY, text, new byte[0]);
                for (Dossier open : governance.desk().all(now, book)) {
                    governance
                            .desk()
                            .end(now, book, open, RequestState.Event.SUPERSESSION, "the policy has changed", events);
                }
                events.add(deed.event(AuditAction.POLICY_CHANGE)
                        .requestHash(Governance.hash(text))
                        .detail("version", policy.version()));
                return events;
            });
        });
    }

    /**
     * Enrols an approver, or changes one, once that is approved.
     *
     * @throws HsmException ARGUMENTS_BAD, FUNCTION_REJECTED until it is approved
     */
    public void enroll(UUID token, Asker asker, Approver approver) {
        String groups = String.join(", ", approver.groups());
        people(
                token,
                asker,
                before -> before.plus(approver),
                "enrol " + approver.name() + ", a key of " + approver.person() + ", in " + groups,
                approver.name());
    }

    /**
     * Takes an approver away once that is approved.
     *
     * @throws HsmException ARGUMENTS_BAD if there is no such approver or a quorum could no longer be met;
     *     FUNCTION_REJECTED until it is approved
     */
    public void remove(UUID token, Asker asker, String name) {
        people(token, asker, before -> before.without(name), "remove the approver " + name, name);
    }

    private void people(
            UUID token, Asker asker, java.util.function.UnaryOperator<People> change, String what, String name) {
        change(token, (tx, book) -> {
            People after = change.apply(Governance.people(tx, book));
            byte[] hash = Digests.of(PEOPLE_PURPOSE, after.encode());
            Deed deed = deed(token, asker, AuditAction.PEOPLE_CHANGE, GovernedOperation.PEOPLE, what);
            Governance.Work work = now -> {
                book.put(now, Governance.PEOPLE, after.encode(), new byte[0]);
                return new ArrayList<>(List.of(deed.event(AuditAction.PEOPLE_CHANGE)
                        .requestHash(hash)
                        .detail("approver", name)
                        .detail("change", what)));
            };
            Optional<InForce> present = Governance.policy(tx, book);
            if (present.isEmpty()) {
                governance.ledger().save(tx, book, work.run(tx));
                return Optional.empty();
            }
            requireReachable(present.get().policy(), after);
            return governance.perform(tx, book, present.get(), deed, hash, work);
        });
    }

    /** A change in a transaction; what it gives is thrown after the commit. */
    private interface Change {
        Optional<HsmException> make(StoreWriter tx, Book book);
    }

    private void change(UUID token, Change change) {
        governance
                .store()
                .write(tx -> change.make(tx, governance.ledger().readOrBegin(tx, token)))
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    private static void requireReachable(PolicyDocument policy, People people) {
        for (Quorum quorum : policy.quorums()) {
            if (!people.canMeet(quorum)) {
                throw Fault.ARGUMENTS_BAD.because(
                        "there are not enough approvers for " + quorum + ": enrol them first");
            }
        }
    }

    private static Deed deed(
            UUID token, Asker asker, AuditAction action, GovernedOperation operation, String description) {
        return new Deed(token, asker, action, operation, null, null, null, null, description);
    }

    /**
     * Takes a vote on an open request.
     *
     * @return the request with it
     * @throws HsmException ARGUMENTS_BAD if there is no such request; FUNCTION_REJECTED, with the reason, if the vote does
     *     not count or the request is over
     */
    public Dossier vote(UUID token, UUID request, Vote vote) {
        List<HsmException> refusal = new ArrayList<>();
        Dossier after = governance.store().write(tx -> {
            Book book = governance.ledger().readOrBegin(tx, token);
            Dossier dossier = governance
                    .desk()
                    .find(tx, book, request)
                    .orElseThrow(() -> Fault.ARGUMENTS_BAD.because("there is no request " + request));
            List<AuditEvent.Builder> events = new ArrayList<>();
            if (dossier.isOverdue(book.now())) {
                governance.desk().expire(tx, book, dossier, events);
                governance.ledger().save(tx, book, events);
                refusal.add(Fault.FUNCTION_REJECTED.because("request " + request + " has expired"));
                return dossier;
            }
            Dossier next = governance.desk().vote(tx, book, Governance.people(tx, book), dossier, vote, events);
            governance.ledger().save(tx, book, events);
            return next;
        });
        if (!refusal.isEmpty()) {
            throw refusal.get(0);
        }
        return after;
    }

    /** The open requests, oldest first; what is overdue is shown as what it is once somebody touches it. */
    public List<Dossier> requests(UUID token) {
        return governance
                .store()
                .read(tx -> governance
                        .ledger()
                        .read(tx, token)
                        .map(book -> governance.desk().all(tx, book))
                        .orElse(List.of()));
    }

    /** A request, open or over. */
    public Optional<Dossier> request(UUID token, UUID id) {
        return governance
                .store()
                .read(tx -> governance
                        .ledger()
                        .read(tx, token)
                        .flatMap(book -> governance.desk().find(tx, book, id)));
    }

    /** The approvers. */
    public People people(UUID token) {
        return governance
                .store()
                .read(tx -> governance
                        .ledger()
                        .read(tx, token)
                        .map(book -> Governance.people(tx, book))
                        .orElse(People.NOBODY));
    }

    /** Whether a digest that was approved is that of these bytes as a policy. */
    public static boolean isDigestOf(byte[] digest, byte[] text) {
        return Arrays.equals(digest, Governance.hash(text));
    }
}
