// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.KeyedParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.ObjectDraft;
import org.ferrohsm.core.session.Session;

/** The base key of a derivation, and the further keys that its parameters name. */
final class DerivationSources {
    private final Mechanism mechanism;
    private final List<HsmObject> keys;
    private final MechanismParameters parameters;

    private DerivationSources(Mechanism mechanism, List<HsmObject> keys, MechanismParameters parameters) {
        this.mechanism = mechanism;
        this.keys = keys;
        this.parameters = parameters;
    }

    /** KEY_HANDLE_INVALID if a key that the parameters name is not there. */
    static DerivationSources open(Session session, Mechanism mechanism, MechanismCall call, HsmObject base) {
        List<HsmObject> keys = new ArrayList<>();
        keys.add(base);
        if (!(call.parameters() instanceof KeyedParameters keyed)) {
            return new DerivationSources(mechanism, keys, call.parameters());
        }
        List<HsmObject> others = new ArrayList<>();
        for (long handle : keyed.keyHandles()) {
            others.add(session.access().open(handle, Fault.KEY_HANDLE_INVALID));
        }
        keys.addAll(others);
        return new DerivationSources(mechanism, keys, keyed.withKeys(others));
    }

    /** The call's parameters with their keys in them. */
    MechanismParameters parameters() {
        return parameters;
    }

    /** Admits the further keys; they must allow derivation as the base key must. */
    void admitOthers(Session session, Gate gate) {
        for (HsmObject other : keys.subList(1, keys.size())) {
            gate.admit(session, AuditAction.KEY_DERIVE, other, mechanism.type(), Cka.CKA_DERIVE)
                    .used();
        }
    }

    /** Whether this flag, CKA_ALWAYS_SENSITIVE or CKA_NEVER_EXTRACTABLE, is set on all of them. */
    boolean all(long flag) {
        return keys.stream().allMatch(key -> key.attributes().flag(flag));
    }

    /** The draft of a derived key; where the mechanism would show its sources, as protected as they are. */
    ObjectDraft protect(ObjectDraft draft) {
        if (!mechanism.keepsProtection()) {
            return draft;
        }
        AttributeSet.Builder attributes = draft.attributes().toBuilder();
        if (keys.stream().anyMatch(key -> key.attributes().flag(Cka.CKA_SENSITIVE))) {
            attributes.put(Cka.CKA_SENSITIVE, true);
        }
        if (!all(Cka.CKA_EXTRACTABLE)) {
            attributes.put(Cka.CKA_EXTRACTABLE, false);
        }
        return new ObjectDraft(attributes.build(), draft.secrets());
    }
}
