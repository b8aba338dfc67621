// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token keeps its slot for life. */
class SlotsIT {
    @TempDir
    Path folder;

    @Test
    void slot_ids_do_not_change_when_tokens_are_added_or_everything_starts_anew() {
        Home home = new Home(folder);
        long first = home.newToken("first");
        Map<Long, String> before = slots(home);
        long second = home.newToken("second");
        long third = home.newToken("third");
        Map<Long, String> after = slots(home);
        assertEquals(before.get(first), after.get(first));
        assertEquals(4, after.size(), after::toString);
        assertEquals("second", label(after.get(second)));
        assertEquals("third", label(after.get(third)));
        assertEquals(after, slots(home));
    }

    @Test
    void initialising_a_token_anew_leaves_it_and_the_others_in_their_slots() {
        Home home = new Home(folder);
        home.newToken("first");
        home.newToken("second");
        Map<Long, String> before = slots(home);
        home.pkcs11Tool("--init-token", "--slot", "0", "--so-pin", Home.SO_PIN, "--label", "renamed")
                .succeeded();
        Map<Long, String> after = slots(home);
        assertEquals("renamed", label(after.get(0L)));
        assertEquals(before.get(1L), after.get(1L));
        assertEquals(before.keySet(), after.keySet());
    }

    @Test
    void two_tokens_with_one_label_are_told_apart_by_serial_number_and_slot() {
        Home home = new Home(folder);
        home.newToken("twin");
        home.newToken("twin");
        Map<Long, String> slots = slots(home);
        assertEquals(List.of("twin", "twin"), List.of(label(slots.get(0L)), label(slots.get(1L))));
        assertNotEquals(slots.get(0L), slots.get(1L));
        home.pkcs11Tool(
                        "--slot",
                        "1",
                        "--login",
                        "--pin",
                        Home.PIN,
                        "--keygen",
                        "--key-type",
                        "AES:32",
                        "--label",
                        "own")
                .succeeded();
        home.pkcs11Tool("--slot", "1", "--login", "--pin", Home.PIN, "-O")
                .succeeded()
                .says("own");
        home.asUser("-O").succeeded().doesNotSay("own");
    }

    /** Label and serial number by slot, as a new process sees them. */
    private static Map<Long, String> slots(Home home) {
        try (Host host = home.host()) {
            host.call("initialize").ok();
            return Arrays.stream(host.call("slots").ok().split(" "))
                    .map(slot -> slot.split("=", 2))
                    .collect(Collectors.toMap(
                            slot -> Long.valueOf(slot[0]), slot -> slot[1], (one, other) -> one, TreeMap::new));
        }
    }

    private static String label(@org.jspecify.annotations.Nullable String token) {
        return token == null ? "none" : token.substring(0, token.indexOf(':'));
    }
}
