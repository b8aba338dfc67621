// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ferrohsm.core.ck.Ckm;
import org.jspecify.annotations.Nullable;

/**
 * One rule: what it is about, and on what conditions it lets that happen.
 *
 * @param name its name, unique in the policy
 * @param line where it begins in the document, from 1
 * @param keys which keys
 * @param operations which operations
 * @param deny whether it forbids them outright
 * @param mechanisms CKM_* by name; empty for any
 * @param accounts who may ask; empty for anybody
 * @param times when; empty for always
 * @param limits how often
 * @param approval by whom it must be approved, null for nobody
 */
public record PolicyRule(
        String name,
        int line,
        KeyMatch keys,
        Set<GovernedOperation> operations,
        boolean deny,
        Set<String> mechanisms,
        Set<String> accounts,
        List<TimeWindow> times,
        List<UseLimit> limits,
        @Nullable ApprovalTerms approval) {

    /** The same, somewhere else in a document. */
    PolicyRule at(int where) {
        return new PolicyRule(name, where, keys, operations, deny, mechanisms, accounts, times, limits, approval);
    }

    boolean covers(GovernedOperation operation, KeyFacts key) {
        return operations.contains(operation) && keys.fits(key);
    }

    /** Why it forbids what it covers, empty if it does not. */
    Optional<String> objection(@Nullable Long mechanism, String account, Instant now) {
        if (deny) {
            return Optional.of("it is forbidden");
        }
        if (!mechanisms.isEmpty() && (mechanism == null || !mechanisms.contains(Ckm.name(mechanism)))) {
            return Optional.of((mechanism == null ? "no mechanism" : Ckm.name(mechanism)) + " is not among "
                    + String.join(", ", mechanisms));
        }
        if (!accounts.isEmpty() && !accounts.contains(account)) {
            return Optional.of(account + " is not among " + String.join(", ", accounts));
        }
        if (!times.isEmpty() && times.stream().noneMatch(window -> window.contains(now))) {
            return Optional.of("it is allowed at other times only");
        }
        return Optional.empty();
    }
}
