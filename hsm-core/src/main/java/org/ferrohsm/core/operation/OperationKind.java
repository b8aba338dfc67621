// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Cka;

/** The kinds of operation that a session can have running, one of each at a time. */
public enum OperationKind {
    SIGN(Cka.CKA_SIGN, AuditAction.SIGN),
    VERIFY(Cka.CKA_VERIFY, AuditAction.VERIFY),
    ENCRYPT(Cka.CKA_ENCRYPT, AuditAction.ENCRYPT),
    DECRYPT(Cka.CKA_DECRYPT, AuditAction.DECRYPT),
    /** Uses no key but in C_DigestKey. */
    DIGEST(-1, AuditAction.DIGEST_KEY);

    private final long usage;
    private final AuditAction action;

    OperationKind(long usage, AuditAction action) {
        this.usage = usage;
        this.action = action;
    }

    /** The attribute that permits it. */
    public long usage() {
        return usage;
    }

    /** As what it is recorded. */
    public AuditAction action() {
        return action;
    }
}
