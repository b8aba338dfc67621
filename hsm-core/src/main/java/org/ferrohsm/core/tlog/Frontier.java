// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a growing Merkle tree: the roots of the complete subtrees that its leaves make, largest first. It is all
 * that is needed to add leaves and to tell the root, and has at most 63 hashes however many leaves there are.
 */
public final class Frontier {
    private final List<byte[]> roots = new ArrayList<>();
    private long size;

    /** A tree without leaves. */
    public Frontier() {}

    /**
     * Reads what {@link #encoded} gave for a tree of {@code size} leaves.
     *
     * @throws IllegalArgumentException if the bytes are not as many as such a tree has
     */
    public Frontier(long size, byte[] encoded) {
        if (size < 0 || encoded.length != Long.bitCount(size) * TreeHash.LENGTH) {
            throw new IllegalArgumentException("no frontier of " + size + " leaves");
        }
        this.size = size;
        for (int at = 0; at < encoded.length; at += TreeHash.LENGTH) {
            roots.add(Arrays.copyOfRange(encoded, at, at + TreeHash.LENGTH));
        }
    }

    /** A frontier of its own that is as this one. */
    public Frontier copy() {
        return new Frontier(size, encoded());
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** Adds the hash of the next leaf. */
    public void add(byte[] leaf) {
        byte[] hash = leaf;
        for (long left = size; (left & 1) == 1; left >>= 1) {
            hash = TreeHash.node(roots.remove(roots.size() - 1), hash);
        }
        roots.add(hash);
        size++;
    }

    /** The root of the tree. */
    public byte[] root() {
        return roots.isEmpty() ? TreeHash.empty() : fold(0, roots.size());
    }

    /** The hashes one after the other. */
    public byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(roots.size() * TreeHash.LENGTH);
        roots.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /**
     * The root of the subtree over the leaves from {@code from} to before {@code to}.
     *
     * @throws IllegalArgumentException if that is not made of complete subtrees of this frontier
     */
    byte[] hash(long from, long to) {
        int first = -1;
        long at = 0;
        int index = 0;
        for (long width = Long.highestOneBit(size); width > 0; width >>= 1) {
            if ((size & width) == 0) {
                continue;
            }
            if (at == from) {
                first = index;
            }
            at += width;
            index++;
            if (at == to && first >= 0) {
                return fold(first, index);
            }
        }
        throw new IllegalArgumentException("leaves " + from + " to " + to + " are inside a subtree");
    }

    private byte[] fold(int first, int end) {
        byte[] hash = roots.get(end - 1);
        for (int i = end - 2; i >= first; i--) {
            hash = TreeHash.node(roots.get(i), hash);
        }
        return hash;
    }
}
