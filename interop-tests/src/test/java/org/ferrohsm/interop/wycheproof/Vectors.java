// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;

/** The vectors of one group, ready to be tried with the group's keys. */
@FunctionalInterface
interface Vectors {
    /**
     * Tries one.
     *
     * @return whether the operation succeeded with the result that the vector says
     */
    boolean holds(JsonNode test) throws GeneralSecurityException, Unsupported;
}
