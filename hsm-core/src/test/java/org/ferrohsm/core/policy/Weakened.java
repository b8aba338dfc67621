// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

/** Profiles with a rule too few, for tests of what the rule is good for. */
public final class Weakened {
    private Weakened() {}

    /** The rules of a profile but for one. */
    public static Policy without(Profile profile, Rule rule) {
        return Policy.of(profile).without(rule);
    }
}
