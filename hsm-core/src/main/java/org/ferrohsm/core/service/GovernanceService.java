// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.Administration;
import org.ferrohsm.core.governance.Deed;
import org.ferrohsm.core.governance.Governance;
import org.ferrohsm.core.governance.InForce;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.Decision;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import org.ferrohsm.core.governance.policy.PolicyReader;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.token.Role;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a token, its approvers and the requests that wait for them. Policy and approvers are proposed by the SO;
 * a vote needs no login, since it is signed.
 */
public final class GovernanceService {
    private final Governance governance;
    private final Administration administration;
    private final MechanismTable mechanisms;

    public GovernanceService(Governance governance, MechanismTable mechanisms) {
        this.governance = governance;
        this.administration = new Administration(governance);
        this.mechanisms = mechanisms;
    }

    /**
     * The policy in a document, which no token need have yet.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD with a sentence that names the line
     */
    public PolicyDocument check(byte[] text) {
        PolicyDocument policy = PolicyReader.read(text);
        Set<String> unknown = new TreeSet<>(policy.mechanisms());
        mechanisms.types().forEach(type -> unknown.remove(Ckm.name(type)));
        if (!unknown.isEmpty()) {
            throw Fault.ARGUMENTS_BAD.because("this token has no " + String.join(", ", unknown));
        }
        return policy;
    }

    /** See {@link Administration#apply}; the SO proposes it. */
    public void apply(Session session, byte[] text) {
        requireOfficer(session);
        check(text);
        administration.apply(session.access().token(), Gate.asker(session), text);
    }

    /** See {@link Administration#enroll}; the SO proposes it. */
    public void enroll(Session session, Approver approver) {
        requireOfficer(session);
        administration.enroll(session.access().token(), Gate.asker(session), approver);
    }

    /** See {@link Administration#remove}; the SO proposes it. */
    public void remove(Session session, String approver) {
        requireOfficer(session);
        administration.remove(session.access().token(), Gate.asker(session), approver);
    }

    private static void requireOfficer(Session session) {
        if (session.access().role() != Role.SO) {
            throw Fault.USER_NOT_LOGGED_IN.because("the SO proposes policies and approvers: log in as SO");
        }
    }

    /** What governs a token, empty if nothing does. */
    public Optional<InForce> inForce(UUID token) {
        return Optional.ofNullable(governance.inForce(token));
    }

    public People people(UUID token) {
        return administration.people(token);
    }

    /** Open requests, oldest first. */
    public List<Dossier> requests(UUID token) {
        return administration.requests(token);
    }

    /** A request, open or over. */
    public Optional<Dossier> request(UUID token, UUID id) {
        return administration.request(token, id);
    }

    /** See {@link Administration#vote}. */
    public Dossier vote(UUID token, UUID request, Vote vote) {
        return administration.vote(token, request, vote);
    }

    /** Why an operation would be allowed or refused now; nothing is done. */
    public Decision explain(Session session, long key, GovernedOperation operation, @Nullable Long mechanism) {
        UUID token = session.access().token();
        HsmObject object = session.access().open(key, Fault.KEY_HANDLE_INVALID);
        InForce inForce = governance.inForce(token);
        if (inForce == null) {
            boolean tagged = !Deed.facts(object).tags().isEmpty();
            return tagged
                    ? new Decision.Deny("the key has policy tags, and no policy is in force for its token")
                    : new Decision.Allow("no policy is in force", List.of());
        }
        return governance.decide(
                inForce,
                new Deed(
                        token,
                        Gate.asker(session),
                        AuditAction.OBJECT_CHANGE,
                        operation,
                        object,
                        null,
                        mechanism,
                        null,
                        null));
    }
}
