// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operation must be approved by, and for how long that holds.
 *
 * @param quorum who must agree
 * @param decideWithin how long a request waits for its quorum
 * @param useWithin how long an approval, or an activation, may be used
 * @param activationUses null where each single operation is approved; else the quorum opens the key for so many uses
 */
public record ApprovalTerms(
        Quorum quorum,
        Duration decideWithin,
        Duration useWithin,
        @Nullable Long activationUses) {
    static final Duration DECIDE_WITHIN = Duration.ofHours(24);
    static final Duration USE_WITHIN = Duration.ofHours(1);

    /** The strictest of both: more persons, less time, fewer uses; an operation alone is stricter than an activation. */
    ApprovalTerms and(ApprovalTerms other) {
        Long mine = activationUses;
        Long theirs = other.activationUses;
        return new ApprovalTerms(
                quorum.and(other.quorum),
                shorter(decideWithin, other.decideWithin),
                shorter(useWithin, other.useWithin),
                mine == null || theirs == null ? null : Long.valueOf(Math.min(mine, theirs)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
