// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Proofs about a Merkle tree (RFC 6962 sections 2.1.1 and 2.1.2). A proof is a list of subtrees' hashes; they are made in one
 * pass over the leaves and in memory for a few hashes.
 */
public final class TreeProof {
    private record Range(long from, long to) {}

    private TreeProof() {}

    /**
     * That leaf {@code index} is in the tree of {@code size} leaves.
     *
     * @param leaves the hashes of all its leaves, from the first on
     * @throws IllegalArgumentException if the tree has no such leaf, or there are too few leaves
     */
    public static List<byte[]> inclusion(long index, long size, Iterator<byte[]> leaves) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<Range> path = new ArrayList<>();
        path(index, new Range(0, size), path);
        return hashes(path, new Frontier(), leaves);
    }

    /**
     * That the tree of {@code size} leaves continues the one that {@code old} is the frontier of. If nothing or nothing more
     * has to be proven, the proof is empty.
     *
     * @param leaves the hashes of the leaves that follow {@code old}
     * @throws IllegalArgumentException if the tree is smaller than {@code old}, or there are too few leaves
     */
    public static List<byte[]> consistency(Frontier old, long size, Iterator<byte[]> leaves) {
        if (size < old.size()) {
            throw new IllegalArgumentException("a tree of " + size + " leaves is none that follows " + old.size());
        }
        List<Range> ranges = new ArrayList<>();
        if (old.size() > 0) {
            continuation(old.size(), new Range(0, size), true, ranges);
        }
        return hashes(ranges, old, leaves);
    }

    /**
     * The root to which an inclusion proof leads.
     *
     * @throws IllegalArgumentException if a proof for this leaf of such a tree has another number of hashes
     */
    public static byte[] root(byte[] leaf, long index, long size, List<byte[]> proof) {
        List<Range> path = new ArrayList<>();
        if (index >= 0 && index < size) {
            path(index, new Range(0, size), path);
        }
        if (index < 0 || index >= size || path.size() != proof.size()) {
            throw new IllegalArgumentException("no proof for leaf " + index + " in a tree of " + size);
        }
        byte[] hash = leaf;
        for (int i = 0; i < path.size(); i++) {
            boolean siblingIsLeft = path.get(i).to <= index;
            hash = siblingIsLeft ? TreeHash.node(proof.get(i), hash) : TreeHash.node(hash, proof.get(i));
        }
        return hash;
    }

    /** Siblings from the leaf's up. */
    private static void path(long index, Range tree, List<Range> path) {
        if (tree.to - tree.from == 1) {
            return;
        }
        long middle = middle(tree);
        if (index < middle) {
            path(index, new Range(tree.from, middle), path);
            path.add(new Range(middle, tree.to));
        } else {
            path(index, new Range(middle, tree.to), path);
            path.add(new Range(tree.from, middle));
        }
    }

    /** SUBPROOF of RFC 6962 section 2.1.2, with absolute positions. */
    private static void continuation(long old, Range tree, boolean known, List<Range> proof) {
        if (old == tree.to) {
            if (!known) {
                proof.add(tree);
            }
            return;
        }
        long middle = middle(tree);
        if (old <= middle) {
            continuation(old, new Range(tree.from, middle), known, proof);
            proof.add(new Range(middle, tree.to));
        } else {
            continuation(old, new Range(middle, tree.to), false, proof);
            proof.add(new Range(tree.from, middle));
        }
    }

    /** Where the two children of a tree of two leaves or more meet. */
    private static long middle(Range tree) {
        return tree.from + Long.highestOneBit(tree.to - tree.from - 1);
    }

    /** The ranges' hashes in their order; what ends with {@code known} comes from there. */
    private static List<byte[]> hashes(List<Range> ranges, Frontier known, Iterator<byte[]> leaves) {
        TreeMap<Long, byte[]> found = new TreeMap<>();
        long next = known.size();
        for (Range range :
                ranges.stream().sorted(Comparator.comparingLong(Range::from)).toList()) {
            if (range.to <= known.size()) {
                found.put(range.from, known.hash(range.from, range.to));
                continue;
            }
            Frontier subtree = new Frontier();
            for (; next < range.to; next++) {
                if (!leaves.hasNext()) {
                    throw new IllegalArgumentException("there are only " + next + " leaves");
                }
                byte[] leaf = leaves.next();
                if (next >= range.from) {
                    subtree.add(leaf);
                }
            }
            found.put(range.from, subtree.root());
        }
        return ranges.stream().map(range -> found.get(range.from)).toList();
    }
}
