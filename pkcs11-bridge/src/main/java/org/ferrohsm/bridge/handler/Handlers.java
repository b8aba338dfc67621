// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.fault.Fault;

/** The table of handlers, one for every call. */
public final class Handlers {
    /** Calls that are answered FUNCTION_NOT_SUPPORTED: the token has nothing that they could work with. */
    static final Set<Call> NOT_SUPPORTED = notSupported();

    private final Map<Call, Handler> table = new EnumMap<>(Call.class);

    public Handlers() {
        GeneralCalls.addTo(table);
        SlotCalls.addTo(table);
        SessionCalls.addTo(table);
        ObjectCalls.addTo(table);
        CryptoCalls.addTo(table);
        DualCalls.addTo(table);
        KeyCalls.addTo(table);
        RandomCalls.addTo(table);
        for (Call call : NOT_SUPPORTED) {
            table.put(call, (library, in, out) -> {
                throw Fault.FUNCTION_NOT_SUPPORTED.because("not part of this library");
            });
        }
    }

    /** The handler of {@code call}. */
    public Handler of(Call call) {
        Handler handler = table.get(call);
        if (handler == null) {
            throw new IllegalStateException("no handler for " + call);
        }
        return handler;
    }

    private static Set<Call> notSupported() {
        Set<Call> calls = EnumSet.of(Call.ERROR);
        /* No mechanism recovers data from signatures. */
        calls.addAll(
                EnumSet.of(Call.C_SignRecoverInit, Call.C_SignRecover, Call.C_VerifyRecoverInit, Call.C_VerifyRecover));
        /* PKCS#11 3.0: per-message operations. */
        calls.addAll(EnumSet.range(Call.C_MessageEncryptInit, Call.C_MessageVerifyFinal));
        /* PKCS#11 3.2: encapsulation, signatures given first, validation, authenticated wrapping. */
        calls.addAll(EnumSet.range(Call.C_EncapsulateKey, Call.C_UnwrapKeyAuthenticated));
        return calls;
    }
}
