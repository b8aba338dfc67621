// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

/** What a record is about. The names are what records hold: one may be added, none is ever renamed or removed. */
public enum AuditAction {
    /** The first record of a log. */
    LOG_CREATE,
    /** The first record of a process that writes to a log it did not create. */
    LOG_START,

    TOKEN_INIT,
    /** A token was removed with everything in it. */
    TOKEN_DESTROY,
    TOKEN_CHANGE,
    LOGIN,
    LOGOUT,
    PIN_INIT,
    PIN_SET,
    PIN_UNLOCK,

    OBJECT_CREATE,
    OBJECT_COPY,
    OBJECT_CHANGE,
    OBJECT_DESTROY,
    /** A stored object was refused because it is not as it was written. */
    OBJECT_DAMAGED,
    KEY_GENERATE,
    KEY_DERIVE,
    KEY_WRAP,
    KEY_UNWRAP,
    KEY_ENCAPSULATE,
    KEY_DECAPSULATE,

    /** A usage lease begins: a known upper bound of the uses to come. */
    KEY_USE_OPEN,
    /** A usage lease ends: the exact count of its uses. */
    KEY_USE_CLOSE,

    SIGN,
    VERIFY,
    ENCRYPT,
    DECRYPT,
    DIGEST_KEY,
    /** The public keys by which the log's checkpoints are verified from here on. */
    CHECKPOINT_KEY,
    /** A checkpoint could not be made. */
    CHECKPOINT,
    /** An anchor cannot be reached; what it has not got is kept for it. */
    ANCHOR_AWAY,
    /** The anchor has what it had missed, or as much of it as was kept. */
    ANCHOR_BACK,

    /** Somebody's operation waits for its approval. */
    APPROVAL_REQUEST,
    /** An approver has approved. */
    APPROVAL_APPROVE,
    /** An approver has denied. */
    APPROVAL_DENY,
    /** An approver has taken an approval back. */
    APPROVAL_REVOKE,
    /** A request was not decided, or not used, in time. */
    APPROVAL_EXPIRE,
    /** A request was opened under what holds no more. */
    APPROVAL_SUPERSEDE,
    /** What was approved is done. */
    APPROVAL_USE,
    /** A governed token has another policy. */
    POLICY_CHANGE,
    /** A token has other approvers. */
    PEOPLE_CHANGE
}
