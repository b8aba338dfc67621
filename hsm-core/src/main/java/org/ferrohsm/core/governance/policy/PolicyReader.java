// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a policy document. What is not in docs/spec/policy.md is refused with its line. */
public final class PolicyReader {
    /** The form of names of rules, groups and tags. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** The longest document in bytes. */
    public static final int MAX_LENGTH = 24 * 1024;

    private static final String WHAT = "policy";
    private static final long FORMAT = 1;
    private static final int MAX_PERSONS = 16;

    private PolicyReader() {}

    /**
     * The policy in a document.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD with a sentence that names the line
     */
    public static PolicyDocument read(byte[] json) {
        if (json.length > MAX_LENGTH) {
            throw org.ferrohsm.core.fault.Fault.ARGUMENTS_BAD.because(
                    "the policy is longer than " + MAX_LENGTH + " bytes");
        }
        JsonFields document = JsonFields.parse(json, WHAT);
        if (document.number("ferrohsm-policy") != FORMAT) {
            throw document.wrong("\"ferrohsm-policy\" is not " + FORMAT);
        }
        long version = document.number("version");
        if (version < 1) {
            throw document.wrong("\"version\" begins at 1");
        }
        document.optionalText("description");
        boolean allows = effect(document, "default", document.text("default"));
        JsonFields own = document.object("administration");
        ApprovalTerms administration = terms(own);
        own.requireNoMore();
        if (administration == null || administration.activationUses() != null) {
            throw own.wrong("administration needs \"approvals\", each time");
        }
        List<PolicyRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonFields fields : document.objects("rules")) {
            PolicyRule rule = rule(fields);
            if (!names.add(rule.name())) {
                throw fields.wrong("there is another rule \"" + rule.name() + "\"");
            }
            rules.add(rule);
        }
        document.requireNoMore();
        return new PolicyDocument(version, allows, administration, List.copyOf(rules));
    }

    private static PolicyRule rule(JsonFields fields) {
        String name = name(fields, fields.text("name"));
        JsonFields keys = fields.object("keys");
        KeyMatch match = new KeyMatch(
                names(keys, "tags"), among(keys, "classes", KeyMatch.CLASSES), List.copyOf(keys.texts("labels")));
        keys.requireNoMore();
        Set<GovernedOperation> operations = EnumSet.noneOf(GovernedOperation.class);
        for (String operation : fields.texts("operations")) {
            operations.add(GovernedOperation.named(operation)
                    .orElseThrow(() -> fields.wrong("there is no operation \"" + operation + "\" to have rules")));
        }
        if (operations.isEmpty()) {
            throw fields.wrong("\"operations\" is missing");
        }
        String effect = fields.optionalText("effect");
        PolicyRule rule = new PolicyRule(
                name,
                fields.line(),
                match,
                operations,
                effect != null && !effect(fields, "effect", effect),
                mechanisms(fields),
                Set.copyOf(fields.texts("accounts")),
                times(fields),
                limits(fields, name),
                terms(fields));
        fields.requireNoMore();
        return rule;
    }

    private static boolean effect(JsonFields fields, String field, String value) {
        if (!value.equals("allow") && !value.equals("deny")) {
            throw fields.wrong("\"" + field + "\" is neither \"allow\" nor \"deny\"");
        }
        return value.equals("allow");
    }

    private static Set<String> mechanisms(JsonFields fields) {
        Set<String> mechanisms = new TreeSet<>(fields.texts("mechanisms"));
        for (String mechanism : mechanisms) {
            if (!mechanism.matches("CKM_[A-Z0-9_]+")) {
                throw fields.wrong("\"" + mechanism + "\" is no name of a mechanism");
            }
        }
        return mechanisms;
    }

    private static List<TimeWindow> times(JsonFields fields) {
        List<TimeWindow> windows = new ArrayList<>();
        for (JsonFields window : fields.objects("times")) {
            Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            for (String day : window.texts("days")) {
                days.add(value(window, day, () -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))));
            }
            if (days.isEmpty()) {
                days.addAll(EnumSet.allOf(DayOfWeek.class));
            }
            String from = window.text("from");
            String to = window.text("to");
            String zone = window.text("zone");
            TimeWindow read = new TimeWindow(
                    days,
                    value(window, from, () -> LocalTime.parse(from)),
                    value(window, to, () -> LocalTime.parse(to)),
                    value(window, zone, () -> ZoneId.of(zone)));
            if (!read.to().equals(LocalTime.MIDNIGHT) && !read.from().isBefore(read.to())) {
                throw window.wrong("\"from\" is not before \"to\"; take two windows around midnight");
            }
            windows.add(read);
            window.requireNoMore();
        }
        return List.copyOf(windows);
    }

    private static List<UseLimit> limits(JsonFields fields, String rule) {
        List<UseLimit> limits = new ArrayList<>();
        JsonFields rate = fields.optionalObject("rate");
        if (rate != null) {
            limits.add(new UseLimit(rule, positive(rate, "uses"), duration(rate, rate.text("per"))));
            rate.requireNoMore();
        }
        Long total = fields.optionalNumber("total");
        if (total != null) {
            if (total < 1) {
                throw fields.wrong("\"total\" is not positive");
            }
            limits.add(new UseLimit(rule, total, null));
        }
        return List.copyOf(limits);
    }

    private static @Nullable ApprovalTerms terms(JsonFields fields) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (JsonFields approval : fields.objects("approvals")) {
            String group = name(approval, approval.text("group"));
            long count = positive(approval, "count");
            if (count > MAX_PERSONS || counts.put(group, (int) count) != null) {
                throw approval.wrong("at most " + MAX_PERSONS + " approvals, and each group once");
            }
            approval.requireNoMore();
        }
        String decide = fields.optionalText("decide-within");
        String use = fields.optionalText("use-within");
        JsonFields activation = fields.optionalObject("activation");
        Long uses = null;
        if (activation != null) {
            uses = positive(activation, "uses");
            activation.requireNoMore();
        }
        if (counts.isEmpty()) {
            if (decide != null || use != null || activation != null) {
                throw fields.wrong("times of an approval and no \"approvals\"");
            }
            return null;
        }
        return new ApprovalTerms(
                new Quorum(counts),
                decide == null ? ApprovalTerms.DECIDE_WITHIN : duration(fields, decide),
                use == null ? ApprovalTerms.USE_WITHIN : duration(fields, use),
                uses);
    }

    private static long positive(JsonFields fields, String name) {
        long number = fields.number(name);
        if (number < 1) {
            throw fields.wrong("\"" + name + "\" is not positive");
        }
        return number;
    }

    private static Duration duration(JsonFields fields, String text) {
        Duration duration = value(fields, text, () -> Duration.parse(text));
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(Duration.ofDays(3660)) > 0) {
            throw fields.wrong("\"" + text + "\" is not between a second and ten years");
        }
        return duration;
    }

    private static Set<String> names(JsonFields fields, String list) {
        Set<String> names = new TreeSet<>();
        fields.texts(list).forEach(each -> names.add(name(fields, each)));
        return names;
    }

    private static Set<String> among(JsonFields fields, String list, Set<String> known) {
        Set<String> chosen = new TreeSet<>(fields.texts(list));
        if (!known.containsAll(chosen)) {
            throw fields.wrong("\"" + list + "\" knows " + String.join(", ", new TreeSet<>(known)));
        }
        return chosen;
    }

    private static String name(JsonFields fields, String text) {
        if (!NAME.matcher(text).matches()) {
            throw fields.wrong("\"" + text + "\" is no name: lower-case letters, digits, dot, dash and underscore");
        }
        return text;
    }

    private static <T> T value(JsonFields fields, String text, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw fields.wrong("\"" + text + "\" is not understood: " + e.getMessage());
        }
    }
}
