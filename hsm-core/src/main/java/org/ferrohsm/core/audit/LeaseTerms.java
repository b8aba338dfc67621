// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

/**
 * What one lease covers at most.
 *
 * @param maxUses how many uses, from 1; where it is 1, each use has a record of its own with its result and there are no
 *     leases
 * @param maxSeconds for how long, from 1
 */
public record LeaseTerms(long maxUses, long maxSeconds) {
    /** 100,000 uses or 60 seconds. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(100_000, 60);

    /** A record for each use. */
    public static final LeaseTerms PER_USE = new LeaseTerms(1, 1);

    public LeaseTerms {
        if (maxUses < 1 || maxSeconds < 1 || maxSeconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a lease of " + maxUses + " uses and " + maxSeconds + " seconds");
        }
    }

    boolean recordsEachUse() {
        return maxUses == 1;
    }
}
