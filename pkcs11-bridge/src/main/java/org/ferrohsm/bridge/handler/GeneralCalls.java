// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.service.Version;

/** Opening, closing and introducing the library. */
final class GeneralCalls {
    private static final byte[] HANDSHAKE =
            "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII);
    private static final Version CRYPTOKI = new Version(3, 2);

    private GeneralCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_Initialize, GeneralCalls::initialize);
        table.put(Call.C_Finalize, GeneralCalls::finish);
        table.put(Call.C_GetInfo, GeneralCalls::info);
    }

    private static void initialize(Library library, WireReader in, WireWriter out) {
        byte[] handshake = in.bytes();
        boolean hasReserved = in.flag();
        byte[] reserved = in.bytes();
        in.end();
        if (!Arrays.equals(handshake, HANDSHAKE)) {
            throw Fault.GENERAL_ERROR.because("another protocol");
        }
        library.open(Introduction.of(hasReserved ? reserved : new byte[0]));
    }

    private static void finish(Library library, WireReader in, WireWriter out) {
        in.end();
        library.close();
    }

    private static void info(Library library, WireReader in, WireWriter out) {
        in.end();
        library.application();
        out.version(CRYPTOKI);
        out.padded("FerroHSM", 32);
        out.ulong(0);
        out.padded("FerroHSM", 32);
        out.version(LibraryVersion.read());
    }
}
