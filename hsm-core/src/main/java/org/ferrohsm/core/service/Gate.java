// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.time.Clock;
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
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.session.Session;

/**
 * What every use of a key passes: may this caller do this with this key? Whatever the answer, it is on record before the
 * caller learns anything from the key.
 */
public final class Gate {
    private final AuditLog audit;
    private final UsageLeases leases;
    private final MechanismTable mechanisms;
    private final Clock clock;

    public Gate(AuditLog audit, UsageLeases leases, MechanismTable mechanisms, Clock clock) {
        this.audit = audit;
        this.leases = leases;
        this.mechanisms = mechanisms;
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
        return acquire(session, action, key, call.type());
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
        return acquire(session, action, key, mechanism);
    }

    private Lease acquire(Session session, AuditAction action, HsmObject key, long mechanism) {
        return leases.acquire(new LeaseKey(
                session.application().name(),
                session.handle(),
                session.access().token(),
                key.id(),
                key.version(),
                action,
                mechanism));
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
