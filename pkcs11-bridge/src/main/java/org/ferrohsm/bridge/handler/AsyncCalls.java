// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/**
 * Asynchronous functions (PKCS#11 3.2 section 5.21). No function of this token is ever left pending: asynchronous
 * sessions can be opened, and their functions are done when they return, as the specification allows.
 */
final class AsyncCalls {
    private static final String FUNCTION = "C_";

    private AsyncCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_AsyncComplete, AsyncCalls::complete);
        table.put(Call.C_AsyncGetID, AsyncCalls::id);
        table.put(Call.C_AsyncJoin, AsyncCalls::join);
    }

    private static void complete(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        String name = in.text();
        in.end();
        require(library, session, name);
        throw nothingPending();
    }

    private static void id(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        String name = in.text();
        in.end();
        require(library, session, name);
        throw nothingPending();
    }

    private static void join(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        String name = in.text();
        in.ulong();
        in.end();
        require(library, session, name);
        throw Fault.SAVED_STATE_INVALID.because("no operation was ever given this identifier");
    }

    private static void require(Library library, long session, String name) {
        library.session(session);
        if (!name.startsWith(FUNCTION)) {
            throw Fault.ARGUMENTS_BAD.because("no name of a function");
        }
    }

    private static HsmException nothingPending() {
        return Fault.OPERATION_NOT_INITIALIZED.because("the function is not performing an asynchronous operation");
    }
}
