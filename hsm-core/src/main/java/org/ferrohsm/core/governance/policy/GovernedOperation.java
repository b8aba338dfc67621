// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule can be about. The names stand in policies and in what approvers sign: none is ever renamed. */
public enum GovernedOperation {
    SIGN,
    VERIFY,
    ENCRYPT,
    DECRYPT,
    DERIVE,
    /** The key wraps another. */
    WRAP,
    UNWRAP,
    ENCAPSULATE,
    DECAPSULATE,
    /** The key is wrapped by another. */
    EXPORT,
    /** The key goes into a digest (C_DigestKey). */
    DIGEST,
    DESTROY,
    /** The key gets other policy tags. Always decided by the policy's own quorum. */
    RETAG,
    /** The token gets another policy. Always decided by the policy's own quorum. */
    POLICY,
    /** Approvers come, go or change. Always decided by the policy's own quorum. */
    PEOPLE;

    /** Whether the policy's own quorum decides, whatever the rules say. */
    public boolean isAdministration() {
        return this == RETAG || this == POLICY || this == PEOPLE;
    }

    /** The operation that a policy calls {@code name}; administration has no rules. */
    static Optional<GovernedOperation> named(String name) {
        return Arrays.stream(values())
                .filter(operation -> !operation.isAdministration())
                .filter(operation -> operation.toString().equals(name))
                .findFirst();
    }

    /** The name that people write. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
