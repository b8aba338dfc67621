// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest IVs that a session has encrypted with, each under its key; guarded by the session. Numbers in arrays, because an
 * IV is taken at every encryption: objects that live as long as these would keep the collector at work.
 */
public final class UsedIvs {
    static final int KEPT = 16384;

    private static final int FIRST_CAPACITY = 64;

    /** Numbers of one IV: the two of its key, two with as much of the IV as they hold, its length. */
    private static final int WORDS = 5;

    private static final int HELD = 2 * Long.BYTES;

    /** A ring: the oldest is overwritten when {@link #KEPT} are there. */
    private long[] ring = new long[0];
    /** IVs of the ring that are longer than its numbers hold. */
    private byte[] @Nullable [] longer = new byte[0][];
    /** Places in the ring plus one by hash, with open addressing; twice as many as the ring has. */
    private int[] index = new int[0];

    private int size;
    private int next;

    /** Takes an IV for a key; false if it has been taken before. */
    public boolean take(UUID key, byte[] iv) {
        long high = key.getMostSignificantBits();
        long low = key.getLeastSignificantBits();
        long first = word(iv, 0);
        long second = word(iv, Long.BYTES);
        for (int slot = slot(high, low, first, second); size > 0 && index[slot] != 0; slot = after(slot)) {
            int at = index[slot] - 1;
            if (ring[at * WORDS] == high
                    && ring[at * WORDS + 1] == low
                    && ring[at * WORDS + 2] == first
                    && ring[at * WORDS + 3] == second
                    && ring[at * WORDS + 4] == iv.length
                    && (iv.length <= HELD || Arrays.equals(longer[at], iv))) {
                return false;
            }
        }
        add(high, low, first, second, iv);
        return true;
    }

    private void add(long high, long low, long first, long second, byte[] iv) {
        if (size == KEPT) {
            forget(next);
        } else if (size == longer.length) {
            grow();
        }
        int at = next;
        ring[at * WORDS] = high;
        ring[at * WORDS + 1] = low;
        ring[at * WORDS + 2] = first;
        ring[at * WORDS + 3] = second;
        ring[at * WORDS + 4] = iv.length;
        longer[at] = iv.length <= HELD ? null : iv.clone();
        enter(at);
        size = Math.min(KEPT, size + 1);
        next = (at + 1) % KEPT;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, 2 * longer.length);
        ring = Arrays.copyOf(ring, capacity * WORDS);
        longer = Arrays.copyOf(longer, capacity);
        index = new int[2 * capacity];
        for (int at = 0; at < size; at++) {
            enter(at);
        }
    }

    private void enter(int at) {
        int slot = slot(at);
        while (index[slot] != 0) {
            slot = after(slot);
        }
        index[slot] = at + 1;
    }

    /** Takes a place out of the index, and closes the gap: what stands behind it must be found without it. */
    private void forget(int at) {
        int gap = slot(at);
        while (index[gap] != at + 1) {
            gap = after(gap);
        }
        for (int slot = after(gap); index[slot] != 0; slot = after(slot)) {
            int wanted = slot(index[slot] - 1);
            boolean between = gap <= slot ? gap < wanted && wanted <= slot : gap < wanted || wanted <= slot;
            if (!between) {
                index[gap] = index[slot];
                gap = slot;
            }
        }
        index[gap] = 0;
    }

    private int slot(int at) {
        return slot(ring[at * WORDS], ring[at * WORDS + 1], ring[at * WORDS + 2], ring[at * WORDS + 3]);
    }

    /** Where to look first; 0 while there is nothing. */
    private int slot(long high, long low, long first, long second) {
        long bits = (high * 0x9E3779B97F4A7C15L) ^ low;
        bits = (bits ^ (bits >>> 32) ^ first) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 29) ^ second) * 0x94D049BB133111EBL;
        return (int) (bits ^ (bits >>> 32)) & Math.max(0, index.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (index.length - 1);
    }

    /** Eight bytes of an IV from {@code from} on, with zeros where it ends. */
    private static long word(byte[] iv, int from) {
        long word = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            word = (word << Byte.SIZE) | (i < iv.length ? iv[i] & 0xFF : 0);
        }
        return word;
    }
}
