// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a token (docs/spec/policy.md).
 *
 * @param version its number, higher than that of the one before
 * @param allowsByDefault whether what no rule covers may happen
 * @param administration by whom it is approved that policy, approvers or tags change
 * @param rules in the order of the document
 */
public record PolicyDocument(
        long version, boolean allowsByDefault, ApprovalTerms administration, List<PolicyRule> rules) {

    /** One thing that a key is to do: a key may be asked for two things at once, as where one wraps another. */
    public record Ask(GovernedOperation operation, KeyFacts key) {}

    /**
     * What is said of one operation. Every rule that covers it must be satisfied: the strictest wins.
     *
     * @param asks what happens to which key
     * @param mechanism CKM_*, null where there is none
     * @param account who asks
     * @param now by the wall clock
     */
    public Decision decide(List<Ask> asks, @Nullable Long mechanism, String account, Instant now) {
        List<PolicyRule> covering = new ArrayList<>();
        for (Ask ask : asks) {
            if (ask.operation().isAdministration()) {
                return new Decision.NeedsApproval("the policy's own quorum decides", List.of(), administration);
            }
            Set<String> unknown = unknownTags(ask.key());
            if (!unknown.isEmpty()) {
                return new Decision.Deny("no rule knows the key's tag " + String.join(", ", unknown));
            }
            rules.stream()
                    .filter(rule -> rule.covers(ask.operation(), ask.key()))
                    .forEach(covering::add);
        }
        if (covering.isEmpty()) {
            String reason = "no rule covers it, and the default is " + (allowsByDefault ? "to allow" : "to deny");
            return allowsByDefault ? new Decision.Allow(reason, List.of()) : new Decision.Deny(reason);
        }
        return strictest(covering, mechanism, account, now);
    }

    private static Decision strictest(
            List<PolicyRule> covering, @Nullable Long mechanism, String account, Instant now) {
        List<UseLimit> limits = new ArrayList<>();
        ApprovalTerms terms = null;
        for (PolicyRule rule : covering) {
            Optional<String> objection = rule.objection(mechanism, account, now);
            if (objection.isPresent()) {
                return new Decision.Deny(named(rule) + ": " + objection.get());
            }
            limits.addAll(rule.limits());
            ApprovalTerms wanted = rule.approval();
            if (wanted != null) {
                terms = terms == null ? wanted : terms.and(wanted);
            }
        }
        String reason = covering.stream().distinct().map(PolicyDocument::named).collect(Collectors.joining(" and "));
        return terms == null ? new Decision.Allow(reason, limits) : new Decision.NeedsApproval(reason, limits, terms);
    }

    /** Tags that no rule names: a policy that has lost a tag must not let go of its keys. */
    private Set<String> unknownTags(KeyFacts key) {
        Set<String> unknown = new HashSet<>(key.tags());
        rules.forEach(rule -> unknown.removeAll(rule.keys().tags()));
        return unknown;
    }

    /** The names of the rules whose keys a key is among, by which a change is measured that would take it away from one. */
    public Set<String> rulesFor(KeyFacts key) {
        return rules.stream()
                .filter(rule -> rule.keys().fits(key))
                .map(PolicyRule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * One thing in which two policies differ.
     *
     * @param change added, removed or changed
     * @param what a rule's name, or what else it is
     * @param line in the document that has it, 0 where it is no rule
     */
    public record Difference(String change, String what, int line) {}

    /** What another policy would change in this one. */
    public List<Difference> differences(PolicyDocument after) {
        List<Difference> differences = new ArrayList<>();
        if (allowsByDefault != after.allowsByDefault) {
            differences.add(new Difference("changed", "default", 0));
        }
        if (!administration.equals(after.administration)) {
            differences.add(new Difference("changed", "administration", 0));
        }
        Map<String, PolicyRule> theirs = new HashMap<>();
        after.rules.forEach(rule -> theirs.put(rule.name(), rule));
        for (PolicyRule rule : rules) {
            PolicyRule other = theirs.remove(rule.name());
            if (other == null) {
                differences.add(new Difference("removed", rule.name(), rule.line()));
            } else if (!rule.at(0).equals(other.at(0))) {
                differences.add(new Difference("changed", rule.name(), other.line()));
            }
        }
        after.rules.stream()
                .filter(rule -> theirs.containsKey(rule.name()))
                .forEach(rule -> differences.add(new Difference("added", rule.name(), rule.line())));
        return differences;
    }

    /** Every quorum that the policy asks for. */
    public Set<Quorum> quorums() {
        Set<Quorum> all = new LinkedHashSet<>();
        all.add(administration.quorum());
        for (PolicyRule rule : rules) {
            ApprovalTerms terms = rule.approval();
            if (terms != null) {
                all.add(terms.quorum());
            }
        }
        return all;
    }

    /** Every mechanism that the policy names. */
    public Set<String> mechanisms() {
        return rules.stream().flatMap(rule -> rule.mechanisms().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static String named(PolicyRule rule) {
        return "rule \"" + rule.name() + "\" (line " + rule.line() + ")";
    }
}
