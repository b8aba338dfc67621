// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.util.List;

/** What a policy says of one operation, and by which rules. */
public sealed interface Decision {
    /** E.g. {@code rule "release" (line 12)}, or that no rule covers it and the default holds. */
    String reason();

    /**
     * It may happen.
     *
     * @param limits how often; empty where nothing is counted
     */
    record Allow(String reason, List<UseLimit> limits) implements Decision {}

    /** It may not. */
    record Deny(String reason) implements Decision {}

    /** It may once it has been approved. */
    record NeedsApproval(String reason, List<UseLimit> limits, ApprovalTerms terms) implements Decision {}
}
