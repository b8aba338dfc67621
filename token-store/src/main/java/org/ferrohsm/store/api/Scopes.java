// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.UUID;

/** Scopes of entries that are not tokens. */
public final class Scopes {
    /** Entries of the store as a whole. */
    public static final UUID STORE = new UUID(0, 0);

    private Scopes() {}
}
