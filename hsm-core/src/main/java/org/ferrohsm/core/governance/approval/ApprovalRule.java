// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

/** What makes a quorum worth something; each rule can be left out in a test that shows what it is good for. */
public enum ApprovalRule {
    /** Whoever asks does not count. */
    REQUESTER_APART,
    /** Persons count, not keys. */
    PERSONS_COUNT,
    /** A vote counts for the request that it was signed for, a request for the operation that it describes. */
    BINDING
}
