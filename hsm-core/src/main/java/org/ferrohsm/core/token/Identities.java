// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** New identities of tokens and objects. */
public final class Identities {
    private Identities() {}

    /** A random UUID (version 4), without asking the host's default SecureRandom, which may be our own provider's. */
    public static UUID next(SecureRandom random) {
        byte[] bits = new byte[2 * Long.BYTES];
        random.nextBytes(bits);
        ByteBuffer halves = ByteBuffer.wrap(bits);
        long high = (halves.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (halves.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
