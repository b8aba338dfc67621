// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.util.OptionalLong;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** The system's users and groups, wherever it keeps them (getpwnam(3), getgrnam(3)). */
public final class Accounts {
    /** Where the number stands in struct passwd and struct group: after two pointers. */
    private static final long NUMBER = 16;

    private final LibC libc;

    public Accounts(LibC libc) {
        this.libc = libc;
    }

    /** The user that this process acts as. */
    public long own() {
        return Integer.toUnsignedLong(libc.geteuid());
    }

    /** The number of a user, empty if there is none of this name. */
    public synchronized OptionalLong user(String name) {
        return number(libc.getpwnam(name));
    }

    /** The number of a group, empty if there is none of this name. */
    public synchronized OptionalLong group(String name) {
        return number(libc.getgrnam(name));
    }

    private static OptionalLong number(@Nullable Pointer entry) {
        return entry == null ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(entry.getInt(NUMBER)));
    }
}
