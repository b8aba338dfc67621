// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.util.Collections;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.ferrohsm.bridge.platform.Accounts;
import org.ferrohsm.bridge.platform.Peer;
import org.ferrohsm.core.fault.Fault;

/** Who may connect: root, the daemon's own user, and those whom the configuration names. */
final class AllowList {
    private static final long ROOT = 0;

    private final Set<Long> users = new HashSet<>();
    private final Set<Long> groups = new HashSet<>();

    /**
     * Reads {@code daemon.allow}.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD for a user or group that there is not
     */
    AllowList(String allow, Accounts accounts) {
        users.add(ROOT);
        users.add(accounts.own());
        for (String name : allow.split("[ \t,]+", -1)) {
            if (name.startsWith("@")) {
                groups.add(number("group", name.substring(1), accounts::group));
            } else if (!name.isEmpty()) {
                users.add(number("user", name, accounts::user));
            }
        }
    }

    boolean permits(Peer peer) {
        return users.contains(peer.uid()) || !Collections.disjoint(groups, peer.groups());
    }

    private static long number(String kind, String name, Function<String, OptionalLong> look) {
        if (name.matches("[0-9]{1,10}")) {
            return Long.parseLong(name);
        }
        return look.apply(name)
                .orElseThrow(() -> Fault.ARGUMENTS_BAD.because(
                        "the configuration's daemon.allow names the " + kind + " " + name + ", which there is not"));
    }
}
