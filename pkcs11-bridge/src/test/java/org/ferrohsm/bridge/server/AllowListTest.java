// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.ferrohsm.bridge.platform.Accounts;
import org.ferrohsm.bridge.platform.LibC;
import org.ferrohsm.bridge.platform.Peer;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
    private static final Accounts ACCOUNTS = new Accounts(LibC.load());

    /** Debian's user daemon and group daemon have the number 1, bin has 2. */
    @ParameterizedTest
    @CsvSource({
        "'', 1, 1, false",
        "'', 0, 1, true",
        "daemon, 1, 5, true",
        "1, 1, 5, true",
        "@daemon, 77, 1, true",
        "@1, 77, 1, true",
        "@daemon, 1, 5, false",
        "daemon, 77, 1, false",
        "'bin, @daemon', 77, 1, true",
        "bin daemon, 1, 5, true"
    })
    void users_and_groups_are_let_in_by_name_or_number(String allow, long uid, long group, boolean permitted) {
        assertEquals(permitted, new AllowList(allow, ACCOUNTS).permits(new Peer(1, uid, Set.of(99L, group))));
    }

    @Test
    void the_daemons_own_user_is_let_in() {
        assertTrue(new AllowList("", ACCOUNTS).permits(new Peer(1, ACCOUNTS.own(), Set.of())));
    }

    @ParameterizedTest
    @CsvSource({"nobody-of-this-name", "@nobody-of-this-name", "-1", "12345678901"})
    void a_name_that_there_is_not_is_refused(String allow) {
        HsmException refused = assertThrows(HsmException.class, () -> new AllowList(allow, ACCOUNTS));
        assertEquals(Fault.ARGUMENTS_BAD, refused.fault());
        assertTrue(String.valueOf(refused.getMessage()).contains("daemon.allow"), refused::toString);
    }
}
