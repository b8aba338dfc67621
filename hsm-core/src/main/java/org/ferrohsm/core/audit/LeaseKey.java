// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.UUID;

/**
 * What one usage lease covers.
 *
 * @param actor who uses the key
 * @param session in which session, not negative
 * @param token the key's token
 * @param object the key
 * @param objectVersion its version
 * @param operation what for: SIGN, DECRYPT ...
 * @param mechanism CKM_*
 */
public record LeaseKey(
        String actor,
        long session,
        UUID token,
        UUID object,
        long objectVersion,
        AuditAction operation,
        long mechanism) {

    /** From what tells leases apart; it is asked for at every use of a key. */
    @Override
    public int hashCode() {
        long bits = (session * 0x9E3779B97F4A7C15L)
                ^ object.getLeastSignificantBits()
                ^ object.getMostSignificantBits()
                ^ (mechanism << 8)
                ^ operation.hashCode();
        return Long.hashCode(bits * 0xBF58476D1CE4E5B9L);
    }

    /** An event about what this covers. */
    AuditEvent.Builder event(AuditAction action) {
        return AuditEvent.of(action)
                .actor(actor)
                .session(session)
                .token(token)
                .object(object, objectVersion)
                .mechanism(mechanism);
    }
}
