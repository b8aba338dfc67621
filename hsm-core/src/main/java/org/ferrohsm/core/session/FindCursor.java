// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.util.Arrays;

/** A search's results on their way to the caller. */
public final class FindCursor {
    private final long[] found;
    private int next;

    FindCursor(long[] found) {
        this.found = found;
    }

    /** The next handles, at most {@code max}; none at the end. */
    public long[] next(int max) {
        int from = next;
        next = Math.min(found.length, from + Math.max(0, max));
        return Arrays.copyOfRange(found, from, next);
    }
}
