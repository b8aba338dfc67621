// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.service.MechanismInfo;
import org.ferrohsm.core.service.SlotInfo;
import org.ferrohsm.core.service.TokenInfo;

/** Slots and tokens (PKCS#11 3.2 section 5.5). */
final class SlotCalls {
    private SlotCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_GetSlotList, SlotCalls::slotList);
        table.put(Call.C_GetSlotInfo, SlotCalls::slotInfo);
        table.put(Call.C_GetTokenInfo, SlotCalls::tokenInfo);
        table.put(Call.C_GetMechanismList, SlotCalls::mechanismList);
        table.put(Call.C_GetMechanismInfo, SlotCalls::mechanismInfo);
        table.put(Call.C_InitToken, SlotCalls::initToken);
        table.put(Call.C_InitToken2, SlotCalls::initToken);
        table.put(Call.C_WaitForSlotEvent, SlotCalls::waitForSlotEvent);
    }

    private static void slotList(Library library, WireReader in, WireWriter out) {
        boolean tokenPresent = in.flag();
        int room = in.places();
        in.end();
        out.ulongs(library.slots().slotIds(tokenPresent), room);
    }

    private static void slotInfo(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        in.end();
        SlotInfo info = library.slots().slotInfo(slot);
        out.padded(info.description(), 64);
        out.padded(info.manufacturer(), 32);
        out.ulong(info.flags());
        out.version(info.hardware());
        out.version(info.firmware());
    }

    private static void tokenInfo(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        in.end();
        TokenInfo info = library.slots().tokenInfo(library.application(), slot);
        out.padded(info.label(), 32);
        out.padded(info.manufacturer(), 32);
        out.padded(info.model(), 16);
        out.padded(info.serial(), 16);
        out.ulong(info.flags());
        out.ulong(info.maxSessions());
        out.ulong(info.sessions());
        out.ulong(info.maxRwSessions());
        out.ulong(info.rwSessions());
        out.ulong(info.maxPinLength());
        out.ulong(info.minPinLength());
        out.ulong(info.totalPublicMemory());
        out.ulong(info.freePublicMemory());
        out.ulong(info.totalPrivateMemory());
        out.ulong(info.freePrivateMemory());
        out.version(info.hardware());
        out.version(info.firmware());
        out.padded(info.utcTime(), 16);
    }

    private static void mechanismList(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        int room = in.places();
        in.end();
        out.ulongs(library.slots().mechanisms(slot), room);
    }

    private static void mechanismInfo(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        long type = in.ulong();
        in.end();
        MechanismInfo info = library.slots().mechanismInfo(slot, type);
        out.ulong(info.minKeySize());
        out.ulong(info.maxKeySize());
        out.ulong(info.flags());
    }

    private static void initToken(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        try (SecretBytes pin = in.pin()) {
            String label = in.text();
            in.end();
            library.slots().initToken(library.application(), slot, pin, label);
        }
    }

    /** A caller that does not want to wait learns that nothing happened; nothing ever wakes one that does. */
    private static void waitForSlotEvent(Library library, WireReader in, WireWriter out) {
        long flags = in.ulong();
        in.end();
        out.ulong(library.slotEvent((flags & Ckf.CKF_DONT_BLOCK) == 0));
    }
}
