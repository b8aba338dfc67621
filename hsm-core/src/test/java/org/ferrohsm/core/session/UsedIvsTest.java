// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UsedIvsTest {
    private static final UUID KEY = new UUID(1, 2);

    private record Used(UUID key, ByteBuffer iv) {}

    private final UsedIvs used = new UsedIvs();

    private static byte[] counter(int value) {
        return ByteBuffer.allocate(12).putInt(8, value).array();
    }

    @Property(tries = 20)
    void it_answers_as_an_ordered_set_of_the_latest_does(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int longest) {
        Random random = new Random(seed);
        UsedIvs fresh = new UsedIvs();
        List<UUID> keys = List.of(new UUID(0, 0), new UUID(0, 1), new UUID(-1, 7));
        Set<Used> model = new LinkedHashSet<>();
        for (int i = 0; i < 3 * UsedIvs.KEPT; i++) {
            byte[] iv = new byte[random.nextInt(longest)];
            if (iv.length > 0) {
                iv[random.nextInt(iv.length)] = (byte) random.nextInt();
                iv[iv.length - 1] = (byte) random.nextInt();
            }
            Used use = new Used(keys.get(random.nextInt(keys.size())), ByteBuffer.wrap(iv));
            boolean added = model.add(use);
            if (model.size() > UsedIvs.KEPT) {
                Iterator<Used> oldest = model.iterator();
                oldest.next();
                oldest.remove();
            }
            assertEquals(added, fresh.take(use.key(), iv), "at " + i + " " + use);
        }
    }

    @Test
    void the_oldest_alone_is_forgotten_when_there_are_too_many() {
        for (int i = 0; i <= UsedIvs.KEPT; i++) {
            assertTrue(used.take(KEY, counter(i)));
        }
        for (int i = 1; i <= UsedIvs.KEPT; i++) {
            assertFalse(used.take(KEY, counter(i)), "number " + i);
        }
        assertTrue(used.take(KEY, counter(0)));
    }

    @Test
    void an_iv_that_ends_in_zeros_is_another_than_a_shorter_one() {
        assertTrue(used.take(KEY, new byte[0]));
        assertTrue(used.take(KEY, new byte[12]));
        assertTrue(used.take(KEY, new byte[16]));
        assertTrue(used.take(KEY, new byte[17]));
        assertTrue(used.take(KEY, new byte[64]));
        assertFalse(used.take(KEY, new byte[17]));
    }

    @Test
    void a_caller_that_overwrites_its_iv_changes_nothing() {
        byte[] iv = new byte[32];
        assertTrue(used.take(KEY, iv));
        iv[31] = 1;
        assertTrue(used.take(KEY, iv));
        assertFalse(used.take(KEY, new byte[32]));
    }
}
