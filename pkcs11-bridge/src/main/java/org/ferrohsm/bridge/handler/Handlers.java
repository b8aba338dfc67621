// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.fault.Fault;

/**
 * The table of handlers, one for every call. It is filled topic by topic, as calls ask for them: to link all handlers
 * takes longer than a program like {@code pkcs11-tool --list-slots} needs for its whole work.
 */
public final class Handlers {
    /** Calls that are answered FUNCTION_NOT_SUPPORTED; none of them is what our own library sends. */
    private static final Set<Call> NOT_SUPPORTED = notSupported();

    /** The topics, those that every program needs first. */
    private static final List<Consumer<Map<Call, Handler>>> TOPICS = List.of(
            GeneralCalls::addTo,
            SlotCalls::addTo,
            SessionCalls::addTo,
            ObjectCalls::addTo,
            CryptoCalls::addTo,
            KeyCalls::addTo,
            RandomCalls::addTo,
            DualCalls::addTo,
            MessageCalls::addTo,
            AsyncCalls::addTo,
            Handlers::addNotSupported);

    /** What the first {@link #topics} added. Never changed, but replaced. */
    private volatile Map<Call, Handler> table = new EnumMap<>(Call.class);

    private int topics;

    /** The handler of {@code call}. */
    public Handler of(Call call) {
        Handler handler = table.get(call);
        return handler != null ? handler : find(call);
    }

    private synchronized Handler find(Call call) {
        Map<Call, Handler> larger = new EnumMap<>(table);
        while (!larger.containsKey(call)) {
            TOPICS.get(topics++).accept(larger);
        }
        table = larger;
        return Objects.requireNonNull(larger.get(call));
    }

    private static void addNotSupported(Map<Call, Handler> table) {
        for (Call call : NOT_SUPPORTED) {
            table.put(call, (library, in, out) -> {
                throw Fault.FUNCTION_NOT_SUPPORTED.because("not part of this library");
            });
        }
    }

    private static Set<Call> notSupported() {
        Set<Call> calls = EnumSet.of(Call.ERROR);
        /* What other clients send in their place holds pointers into their own memory. */
        calls.addAll(EnumSet.of(
                Call.C_MessageEncryptInit,
                Call.C_EncryptMessage,
                Call.C_EncryptMessageBegin,
                Call.C_EncryptMessageNext,
                Call.C_MessageDecryptInit,
                Call.C_DecryptMessage,
                Call.C_DecryptMessageBegin,
                Call.C_DecryptMessageNext));
        return Collections.unmodifiableSet(calls);
    }
}
