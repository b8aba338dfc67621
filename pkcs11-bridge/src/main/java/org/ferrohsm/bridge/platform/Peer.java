// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.util.Set;

/**
 * Who is at the other end of a Unix socket, as the kernel knows it (unix(7), SO_PEERCRED and SO_PEERGROUPS).
 *
 * @param pid the process that connected; 0 if it lives in another namespace
 * @param groups the primary group and the others
 */
public record Peer(long pid, long uid, Set<Long> groups) {
    public Peer {
        groups = Set.copyOf(groups);
    }
}
