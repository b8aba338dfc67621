// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Handles that never repeat and tell nothing of their order or number: a counter under a bijection that is another one
 * in each application. Positive and below 2^47, so that no caller's integer type is too narrow.
 */
public final class HandleSource {
    private static final int HALF_BITS = 23;
    private static final long HALF = (1L << HALF_BITS) - 1;
    private static final int ROUNDS = 4;

    private final AtomicLong counter = new AtomicLong();
    private final long[] keys;

    public HandleSource(SecureRandom random) {
        keys = random.longs(ROUNDS).toArray();
    }

    /** A handle that this source has not given before. */
    public long next() {
        long value = counter.incrementAndGet();
        long left = (value >>> HALF_BITS) & HALF;
        long right = value & HALF;
        for (long key : keys) {
            long mixed = (right ^ key) * 0x9E3779B97F4A7C15L;
            long swapped = left ^ ((mixed >>> 40) & HALF);
            left = right;
            right = swapped;
        }
        return (1L << (2 * HALF_BITS)) | (left << HALF_BITS) | right;
    }
}
