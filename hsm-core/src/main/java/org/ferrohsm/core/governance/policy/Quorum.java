// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many persons of which groups must agree. A person counts for one group only, even one who belongs to several: a
 * quorum of n is n persons.
 *
 * @param counts persons by group, each at least 1; empty where nobody need agree
 */
public record Quorum(SortedMap<String, Integer> counts) {
    /** Nobody need agree. */
    public static final Quorum NONE = new Quorum(new TreeMap<>());

    public Quorum {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The stricter of both for each group. */
    public Quorum and(Quorum other) {
        SortedMap<String, Integer> both = new TreeMap<>(counts);
        other.counts.forEach((group, count) -> both.merge(group, count, Math::max));
        return new Quorum(both);
    }

    /** How many persons it takes. */
    public int persons() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Whether these persons are enough.
     *
     * @param persons the groups of each person, one element for a person
     */
    public boolean isMetBy(Collection<Set<String>> persons) {
        List<String> seats = new ArrayList<>();
        counts.forEach((group, count) -> seats.addAll(Collections.nCopies(count, group)));
        List<Set<String>> people = List.copyOf(persons);
        Map<Integer, Integer> seatOf = new HashMap<>();
        for (int seat = 0; seat < seats.size(); seat++) {
            if (!seat(seat, seats, people, seatOf, new boolean[people.size()])) {
                return false;
            }
        }
        return true;
    }

    /** Gives a seat to somebody, who may have to leave another seat to somebody else (Kuhn's augmenting paths). */
    private static boolean seat(
            int seat, List<String> seats, List<Set<String>> people, Map<Integer, Integer> seatOf, boolean[] asked) {
        for (int person = 0; person < people.size(); person++) {
            if (asked[person] || !people.get(person).contains(seats.get(seat))) {
                continue;
            }
            asked[person] = true;
            Integer other = seatOf.get(person);
            if (other == null || seat(other, seats, people, seatOf, asked)) {
                seatOf.put(person, seat);
                return true;
            }
        }
        return false;
    }

    /** E.g. {@code 2 of release, 1 of officers}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " of " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
