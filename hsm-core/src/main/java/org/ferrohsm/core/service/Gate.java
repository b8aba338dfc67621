// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.audit.LeaseKey;
import org.ferrohsm.core.audit.UsageLeases;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.Asker;
import org.ferrohsm.core.governance.CallBytes;
import org.ferrohsm.core.governance.Deed;
import org.ferrohsm.core.governance.Governance;
import org.ferrohsm.core.governance.GovernedUse;
import org.ferrohsm.core.governance.InForce;
import org.ferrohsm.core.governance.policy.Decision;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What every use of a key passes: may this caller do this with this key? Whatever the answer, it is on record before the
 * caller learns anything from the key.
 */
public final class Gate {
    private static final Map<AuditAction, GovernedOperation> OPERATIONS = Map.of(
            AuditAction.SIGN, GovernedOperation.SIGN,
            AuditAction.VERIFY, GovernedOperation.VERIFY,
            AuditAction.ENCRYPT, GovernedOperation.ENCRYPT,
            AuditAction.DECRYPT, GovernedOperation.DECRYPT,
            AuditAction.KEY_DERIVE, GovernedOperation.DERIVE,
            AuditAction.KEY_WRAP, GovernedOperation.WRAP,
            AuditAction.KEY_UNWRAP, GovernedOperation.UNWRAP,
            AuditAction.KEY_ENCAPSULATE, GovernedOperation.ENCAPSULATE,
            AuditAction.KEY_DECAPSULATE, GovernedOperation.DECAPSULATE);

    private final AuditLog audit;
    private final UsageLeases leases;
    private final MechanismTable mechanisms;
    private final Governance governance;
    private final Clock clock;

    public Gate(AuditLog audit, UsageLeases leases, MechanismTable mechanisms, Governance governance, Clock clock) {
        this.audit = audit;
        this.leases = leases;
        this.mechanisms = mechanisms;
        this.governance = governance;
        this.clock = clock;
    }

    /**
     * The row of a mechanism that the session's token serves.
     *
     * @throws HsmException MECHANISM_INVALID
     */
    public Mechanism mechanism(Session session, long type) {
        Mechanism mechanism = mechanisms.require(type);
        session.access().policy().mechanism(mechanism);
        return mechanism;
    }

    /**
     * Admits one use of a key by a mechanism, if the rules of the token's profile do too.
     *
     * @param usage the attribute that permits it
     * @throws HsmException KEY_FUNCTION_NOT_PERMITTED, MECHANISM_INVALID, MECHANISM_PARAM_INVALID; DEVICE_ERROR or
     *     DEVICE_MEMORY if it cannot be recorded
     */
    public Lease admit(Session session, AuditAction action, HsmObject key, MechanismCall call, long usage) {
        return admit(session, action, key, null, call, usage);
    }

    /** Admits the use of a key to wrap another, of which the policy may say something too. */
    public Lease admitWrap(Session session, HsmObject wrappingKey, HsmObject key, MechanismCall call) {
        return admit(session, AuditAction.KEY_WRAP, wrappingKey, key, call, Cka.CKA_WRAP);
    }

    private Lease admit(
            Session session,
            AuditAction action,
            HsmObject key,
            @Nullable HsmObject other,
            MechanismCall call,
            long usage) {
        check(session, action, key, call.type(), usage);
        Policy policy = session.access().policy();
        try {
            policy.use(key, call, usage, clock);
            byte[] iv = policy.ivToTake(call, usage);
            if (iv != null && !session.usedIvs().take(key.id(), iv)) {
                throw Fault.MECHANISM_PARAM_INVALID.because("the session has encrypted with this IV and key before");
            }
        } catch (HsmException e) {
            throw refuse(session, action, key, call.type(), e);
        }
        return acquire(session, action, key, other, call);
    }

    /**
     * Admits one use of a key.
     *
     * @param usage the attribute that permits it
     * @throws HsmException KEY_FUNCTION_NOT_PERMITTED, MECHANISM_INVALID; DEVICE_ERROR or DEVICE_MEMORY if it cannot be
     *     recorded
     */
    public Lease admit(Session session, AuditAction action, HsmObject key, long mechanism, long usage) {
        check(session, action, key, mechanism, usage);
        return acquire(session, action, key, null, MechanismCall.of(mechanism));
    }

    /**
     * Admits one use of a key by a function without an Init. A key that asks for the PIN before each use is refused until the
     * login of CKU_CONTEXT_SPECIFIC, after which the call is repeated (section 4.9.1).
     *
     * @throws HsmException USER_NOT_LOGGED_IN, or as {@link #admit}
     */
    Lease admitAtOnce(Session session, AuditAction action, HsmObject key, MechanismCall call, long usage) {
        if (OperationFlow.asksForPin(key)) {
            check(session, action, key, call.type(), usage);
            synchronized (session) {
                if (!session.takeLogin(key.id())) {
                    throw refuse(session, action, key, call.type(), OperationFlow.pinOwed());
                }
            }
        }
        return admit(session, action, key, call, usage);
    }

    private Lease acquire(
            Session session, AuditAction action, HsmObject key, @Nullable HsmObject other, MechanismCall call) {
        UUID token = session.access().token();
        InForce inForce = governance.inForce(token);
        if (inForce != null
                || PolicyTags.has(key.attributes())
                || (other != null && PolicyTags.has(other.attributes()))) {
            Lease governed = governed(session, inForce, action, key, other, call);
            if (governed != null) {
                return governed;
            }
        }
        return leases.acquire(new LeaseKey(
                session.application().name(), session.handle(), token, key.id(), key.version(), action, call.type()));
    }

    /** The right to use a key of which the policy has something to say; null if it lets it go. */
    private @Nullable Lease governed(
            Session session,
            @Nullable InForce inForce,
            AuditAction action,
            HsmObject key,
            @Nullable HsmObject other,
            MechanismCall call) {
        Deed deed = new Deed(
                session.access().token(),
                asker(session),
                action,
                OPERATIONS.getOrDefault(action, GovernedOperation.DIGEST),
                key,
                other,
                call.type(),
                CallBytes.parameters(call.parameters()),
                null);
        return isFree(session, inForce, deed, key) ? null : new GovernedUse(governance, deed);
    }

    /** Whether the policy lets a deed go; FUNCTION_REJECTED, recorded, if it forbids it. */
    private boolean isFree(Session session, @Nullable InForce inForce, Deed deed, HsmObject key) {
        long mechanism = deed.mechanism() == null ? 0 : deed.mechanism();
        if (inForce == null) {
            throw refuse(session, deed.action(), key, mechanism, noPolicy());
        }
        Decision decision = governance.decide(inForce, deed);
        if (decision instanceof Decision.Deny deny) {
            throw refuse(
                    session,
                    deed.action(),
                    key,
                    mechanism,
                    Fault.FUNCTION_REJECTED.because("the policy does not allow it: " + deny.reason()));
        }
        return decision instanceof Decision.Allow allow && allow.limits().isEmpty();
    }

    /**
     * Changes a stored key: {@code work} alone, or where the policy has something to say with the key's approval in one
     * transaction.
     *
     * @param data digest of what becomes of the key
     * @throws HsmException FUNCTION_REJECTED if that is not allowed or not approved yet
     */
    void administer(
            Session session,
            AuditAction action,
            GovernedOperation operation,
            HsmObject key,
            byte[] data,
            Governance.Work work,
            Runnable ungoverned) {
        InForce inForce = governance.inForce(session.access().token());
        if (inForce == null && !PolicyTags.has(key.attributes())) {
            ungoverned.run();
            return;
        }
        Deed deed = new Deed(session.access().token(), asker(session), action, operation, key, null, null, null, null);
        if (isFree(session, inForce, deed, key)) {
            ungoverned.run();
        } else {
            governance.perform(deed, data, work);
        }
    }

    /** Refuses a change or a copy that would take a key away from a rule of the policy. */
    void requireSameRules(Session session, AuditAction action, HsmObject before, HsmObject after) {
        InForce inForce = governance.inForce(session.access().token());
        if (inForce != null
                && !inForce.policy()
                        .rulesFor(Deed.facts(after))
                        .containsAll(inForce.policy().rulesFor(Deed.facts(before)))) {
            throw refuse(
                    session,
                    action,
                    before,
                    0,
                    Fault.FUNCTION_REJECTED.because("the key would be taken away from a rule of the policy"));
        }
    }

    /** Who a session's requests are from. */
    static Asker asker(Session session) {
        return new Asker(session.application().name(), session.application().account(), session.handle());
    }

    static HsmException noPolicy() {
        return Fault.FUNCTION_REJECTED.because("the key has policy tags, and no policy is in force for its token");
    }

    /** Refuses what {@link #admit} refuses, without a use: for what will use the key later, each time admitted anew. */
    void check(Session session, AuditAction action, HsmObject key, long mechanism, long usage) {
        if (!key.attributes().flag(usage)) {
            throw refuse(
                    session,
                    action,
                    key,
                    mechanism,
                    Fault.KEY_FUNCTION_NOT_PERMITTED.because("the key's " + Cka.name(usage) + " is not true"));
        }
        if (!allows(key, mechanism)) {
            throw refuse(
                    session,
                    action,
                    key,
                    mechanism,
                    Fault.MECHANISM_INVALID.because(
                            Ckm.name(mechanism) + " is not among the key's CKA_ALLOWED_MECHANISMS"));
        }
    }

    /** Admits what makes or removes session objects, which have no record of their own each. */
    public Lease admit(Session session, AuditAction action, long mechanism) {
        return leases.acquire(new LeaseKey(
                session.application().name(),
                session.handle(),
                session.access().token(),
                session.access().token(),
                0,
                action,
                mechanism));
    }

    /** Records a refusal and gives it back to be thrown. */
    public HsmException refuse(
            Session session, AuditAction action, HsmObject key, long mechanism, HsmException refusal) {
        audit.append(event(session, action)
                .object(key.id(), key.version())
                .mechanism(mechanism)
                .failed(refusal.fault())
                .build());
        return refusal;
    }

    /** An event of a session. */
    public AuditEvent.Builder event(Session session, AuditAction action) {
        return AuditEvent.of(action)
                .actor(session.application().name())
                .session(session.handle())
                .token(session.access().token());
    }

    /** Ends the leases of a session that is being closed. */
    public void sessionClosed(Session session) {
        leases.closeSession(session.handle());
    }

    private static boolean allows(HsmObject key, long mechanism) {
        AttributeValue allowed = key.attributes().get(Cka.CKA_ALLOWED_MECHANISMS);
        if (allowed == null || allowed.length() == 0) {
            return true;
        }
        for (long type : allowed.asMechanisms()) {
            if (type == mechanism) {
                return true;
            }
        }
        return false;
    }
}
