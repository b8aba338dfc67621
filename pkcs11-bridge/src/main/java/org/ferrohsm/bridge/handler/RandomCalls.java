// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Session;

/** Random numbers (PKCS#11 3.2 section 5.19). */
final class RandomCalls {
    /** What one call may ask for, in bytes: a caller's number alone must not fill the memory. */
    static final int MOST = 1 << 24;

    private static final int CHUNK = 1 << 16;

    private RandomCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_SeedRandom, RandomCalls::seed);
        table.put(Call.C_GenerateRandom, RandomCalls::generate);
    }

    private static void seed(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        byte[] seed = in.bytes();
        in.end();
        library.crypto().seedRandom(library.session(session), seed);
        Arrays.fill(seed, (byte) 0);
    }

    private static void generate(Library library, WireReader in, WireWriter out) {
        long handle = in.ulong();
        int length = Math.max(0, in.room());
        in.end();
        Session session = library.session(handle);
        if (length > MOST) {
            throw Fault.ARGUMENTS_BAD.because(length + " random bytes, more than " + MOST + " at once");
        }
        out.octet(1);
        out.u32(length);
        for (int done = 0; done < length; done += CHUNK) {
            byte[] chunk = library.crypto().random(session, Math.min(CHUNK, length - done));
            out.raw(chunk);
            Arrays.fill(chunk, (byte) 0);
        }
    }
}
