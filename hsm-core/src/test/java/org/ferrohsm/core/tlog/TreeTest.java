// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The frontier and the proofs, against the tree as RFC 6962 section 2.1 defines it. */
class TreeTest {
    /** The leaves of the example in RFC 6962's reference implementation. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    /** Their roots for 1 to 8 leaves, as certificate transparency's implementations publish them. */
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static byte[] leaf(int index) {
        return TreeHash.leaf(new byte[] {(byte) index, (byte) (index >> 8)});
    }

    /** MTH of RFC 6962 section 2.1, word for word. */
    private static byte[] root(int from, int to) {
        if (to == from) {
            return TreeHash.empty();
        }
        if (to - from == 1) {
            return leaf(from);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        return TreeHash.node(root(from, middle), root(middle, to));
    }

    private static Frontier frontier(int size) {
        Frontier frontier = new Frontier();
        IntStream.range(0, size).forEach(index -> frontier.add(leaf(index)));
        return frontier;
    }

    @Test
    void roots_are_those_that_certificate_transparency_publishes() {
        Frontier frontier = new Frontier();
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(frontier.root()));
        for (int i = 0; i < LEAVES.size(); i++) {
            frontier.add(TreeHash.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertEquals(ROOTS.get(i), HexFormat.of().formatHex(frontier.root()));
        }
    }

    @Test
    void a_frontier_that_was_saved_goes_on_as_if_it_had_not_been() {
        for (int size = 0; size < 70; size++) {
            Frontier frontier = frontier(size);
            assertArrayEquals(root(0, size), frontier.root());
            Frontier again = new Frontier(size, frontier.encoded());
            again.add(leaf(size));
            assertArrayEquals(root(0, size + 1), again.root());
            assertThrows(IllegalArgumentException.class, () -> new Frontier(2 * again.size() + 1, again.encoded()));
        }
    }

    @Property(tries = 300)
    void an_inclusion_proof_leads_to_the_root_from_its_leaf_and_from_no_other(
            @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @IntRange(max = 199) int any) {
        int index = any % size;
        List<byte[]> proof = TreeProof.inclusion(
                index, size, IntStream.range(0, size).mapToObj(TreeTest::leaf).iterator());
        assertArrayEquals(root(0, size), TreeProof.root(leaf(index), index, size, proof));
        assertFalse(Arrays.equals(root(0, size), TreeProof.root(leaf(index + 1), index, size, proof)));
        if (size > 1) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TreeProof.root(leaf(index), index, size, proof.subList(1, proof.size())));
        }
    }

    @Property(tries = 300)
    void a_consistency_proof_is_accepted_by_the_verification_of_rfc_9162(
            @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @IntRange(min = 1, max = 200) int any) {
        int old = 1 + any % size;
        List<byte[]> proof = TreeProof.consistency(
                frontier(old),
                size,
                IntStream.range(old, size).mapToObj(TreeTest::leaf).iterator());
        assertTrue(ConsistencyCheck.isConsistent(old, root(0, old), size, root(0, size), proof));
        if (old < size) {
            assertFalse(ConsistencyCheck.isConsistent(old, root(1, old + 1), size, root(0, size), proof));
        }
    }

    @Test
    void proofs_of_what_is_not_there_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TreeProof.inclusion(
                        3, 3, IntStream.range(0, 3).mapToObj(TreeTest::leaf).iterator()));
        assertThrows(
                IllegalArgumentException.class,
                () -> TreeProof.inclusion(
                        0, 5, IntStream.range(0, 3).mapToObj(TreeTest::leaf).iterator()));
        assertThrows(
                IllegalArgumentException.class,
                () -> TreeProof.consistency(
                        frontier(4),
                        3,
                        IntStream.empty().mapToObj(TreeTest::leaf).iterator()));
    }
}
