// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the vectors. */
final class Tally {
    private int right;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> stray = new ArrayList<>();
    private final Map<String, Integer> unsupported = new TreeMap<>();

    void right() {
        right++;
    }

    void wrong(String vector) {
        wrong.add(vector);
    }

    /** A runtime exception that an engine let out. */
    void stray(String vector) {
        stray.add(vector);
    }

    void unsupported(String file, int vectors) {
        unsupported.merge(file, vectors, Integer::sum);
    }

    List<String> allWrong() {
        return wrong;
    }

    List<String> allStray() {
        return stray;
    }

    int count() {
        return right + wrong.size() + stray.size();
    }

    @Override
    public String toString() {
        return right + " right, " + wrong.size() + " wrong, " + stray.size() + " stray runtime exceptions, "
                + unsupported.values().stream().mapToInt(Integer::intValue).sum() + " unsupported: " + unsupported;
    }
}
