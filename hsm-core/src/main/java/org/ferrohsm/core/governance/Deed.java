// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.governance.approval.Subject;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.governance.policy.KeyFacts;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.PolicyTags;
import org.jspecify.annotations.Nullable;

/**
 * One operation that a policy has a say in.
 *
 * @param token the token
 * @param asker who asks
 * @param action as what it is recorded
 * @param operation what happens
 * @param key to which key, null where it is about the token
 * @param other the key that is wrapped by {@code key}, null if there is none
 * @param mechanism CKM_*, null where there is none
 * @param parameters digest of the mechanism's parameters, null where there are none
 * @param description what it is, where the other fields do not tell approvers
 */
public record Deed(
        UUID token,
        Asker asker,
        AuditAction action,
        GovernedOperation operation,
        @Nullable HsmObject key,
        @Nullable HsmObject other,
        @Nullable Long mechanism,
        byte @Nullable [] parameters,
        @Nullable String description) {

    /** What rules look at in a key. */
    public static KeyFacts facts(HsmObject key) {
        return new KeyFacts(PolicyTags.of(key.attributes()), key.objectClass(), label(key));
    }

    List<PolicyDocument.Ask> asks() {
        List<PolicyDocument.Ask> asks = new ArrayList<>();
        asks.add(
                new PolicyDocument.Ask(operation, key == null ? new KeyFacts(java.util.Set.of(), -1, "") : facts(key)));
        if (other != null) {
            asks.add(new PolicyDocument.Ask(GovernedOperation.EXPORT, facts(other)));
        }
        return asks;
    }

    /** What exactly is asked for, null {@code data} for a key that is to be opened for a time. */
    Subject subject(byte @Nullable [] data) {
        return new Subject(
                token,
                operation,
                key == null ? null : key.id(),
                key == null ? null : key.version(),
                mechanism,
                data == null ? null : parameters,
                data,
                asker.account());
    }

    String label() {
        return key == null ? "" : label(key);
    }

    String tags() {
        return key == null ? "" : String.join(",", PolicyTags.of(key.attributes()));
    }

    AuditEvent.Builder event(AuditAction what) {
        AuditEvent.Builder event = AuditEvent.of(what).actor(asker.actor()).token(token);
        if (asker.session() != null) {
            event.session(asker.session());
        }
        if (key != null) {
            event.object(key.id(), key.version());
        }
        if (mechanism != null) {
            event.mechanism(mechanism);
        }
        return event;
    }

    private static String label(HsmObject key) {
        byte[] label = key.attributes().bytes(Cka.CKA_LABEL);
        return new String(label, java.nio.charset.StandardCharsets.UTF_8);
    }
}
