// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import org.ferrohsm.core.policy.Profile;

/**
 * What C_InitToken settles for all objects that a token holds until the next.
 *
 * @param profile the security profile
 * @param number how often the token was initialised before
 */
public record Initialisation(Profile profile, long number) {
    /** What stands in no stored byte: a token made before there were profiles, and initialised once. */
    static final Initialisation FIRST = new Initialisation(Profile.DEFAULT, 0);

    Initialisation next(Profile wanted) {
        return new Initialisation(wanted, number + 1);
    }
}
