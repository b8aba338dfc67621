// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.util.Set;
import org.ferrohsm.core.ck.Cko;

/**
 * What rules look at in a key.
 *
 * @param tags its policy tags
 * @param objectClass CKO_*
 * @param label CKA_LABEL, empty if there is none
 */
public record KeyFacts(Set<String> tags, long objectClass, String label) {
    /** The name that policies have for a class of keys; empty for others. */
    String className() {
        if (objectClass == Cko.CKO_PRIVATE_KEY) {
            return "private-key";
        }
        if (objectClass == Cko.CKO_SECRET_KEY) {
            return "secret-key";
        }
        return objectClass == Cko.CKO_PUBLIC_KEY ? "public-key" : "";
    }
}
