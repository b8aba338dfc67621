// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;

/** The kinds of operation that a session can have running, one of each at a time. */
public enum OperationKind {
    SIGN(Cka.CKA_SIGN, AuditAction.SIGN, Ckf.CKF_SIGN),
    SIGN_RECOVER(Cka.CKA_SIGN_RECOVER, AuditAction.SIGN, Ckf.CKF_SIGN_RECOVER),
    VERIFY(Cka.CKA_VERIFY, AuditAction.VERIFY, Ckf.CKF_VERIFY),
    VERIFY_RECOVER(Cka.CKA_VERIFY_RECOVER, AuditAction.VERIFY, Ckf.CKF_VERIFY_RECOVER),
    ENCRYPT(Cka.CKA_ENCRYPT, AuditAction.ENCRYPT, Ckf.CKF_ENCRYPT),
    DECRYPT(Cka.CKA_DECRYPT, AuditAction.DECRYPT, Ckf.CKF_DECRYPT),
    /** Uses no key but in C_DigestKey. */
    DIGEST(-1, AuditAction.DIGEST_KEY, Ckf.CKF_DIGEST),
    MESSAGE_SIGN(Cka.CKA_SIGN, AuditAction.SIGN, Ckf.CKF_MESSAGE_SIGN),
    MESSAGE_VERIFY(Cka.CKA_VERIFY, AuditAction.VERIFY, Ckf.CKF_MESSAGE_VERIFY),
    MESSAGE_ENCRYPT(Cka.CKA_ENCRYPT, AuditAction.ENCRYPT, Ckf.CKF_MESSAGE_ENCRYPT),
    MESSAGE_DECRYPT(Cka.CKA_DECRYPT, AuditAction.DECRYPT, Ckf.CKF_MESSAGE_DECRYPT);

    private final long usage;
    private final AuditAction action;
    private final long flag;

    OperationKind(long usage, AuditAction action, long flag) {
        this.usage = usage;
        this.action = action;
        this.flag = flag;
    }

    /** The attribute that permits it. */
    public long usage() {
        return usage;
    }

    /** As what it is recorded. */
    public AuditAction action() {
        return action;
    }

    /** CKF_* that names it in C_SessionCancel. */
    public long flag() {
        return flag;
    }
}
