// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The latest IVs that a session has encrypted with, each under its key; guarded by the session. */
public final class UsedIvs {
    private static final int KEPT = 16384;

    private record Used(UUID key, ByteBuffer iv) {}

    private final Set<Used> used = new LinkedHashSet<>();

    /** Takes an IV for a key; false if it has been taken before. */
    public boolean take(UUID key, byte[] iv) {
        if (!used.add(new Used(key, ByteBuffer.wrap(iv.clone())))) {
            return false;
        }
        if (used.size() > KEPT) {
            Iterator<Used> oldest = used.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }
}
