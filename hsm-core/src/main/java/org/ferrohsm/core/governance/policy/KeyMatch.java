// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which keys a rule is about: those that fit each of the three that is not empty.
 *
 * @param tags one of these tags
 * @param classes one of these classes: {@code private-key}, {@code secret-key}, {@code public-key}
 * @param labels a label like one of these, where {@code *} stands for any characters
 */
record KeyMatch(Set<String> tags, Set<String> classes, List<String> labels) {
    static final Set<String> CLASSES = Set.of("private-key", "secret-key", "public-key");

    boolean fits(KeyFacts key) {
        return (tags.isEmpty() || key.tags().stream().anyMatch(tags::contains))
                && (classes.isEmpty() || classes.contains(key.className()))
                && (labels.isEmpty() || labels.stream().anyMatch(pattern -> like(pattern, key.label())));
    }

    private static boolean like(String pattern, String label) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(label).matches();
    }
}
