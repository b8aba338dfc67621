// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.SessionInfo;

/** Sessions and logins (PKCS#11 3.2 section 5.6, and the PINs of 5.5). */
final class SessionCalls {
    private SessionCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_InitPIN, SessionCalls::initPin);
        table.put(Call.C_SetPIN, SessionCalls::setPin);
        table.put(Call.C_OpenSession, SessionCalls::open);
        table.put(Call.C_CloseSession, SessionCalls::close);
        table.put(Call.C_CloseAllSessions, SessionCalls::closeAll);
        table.put(Call.C_GetSessionInfo, SessionCalls::info);
        table.put(Call.C_GetSessionValidationFlags, SessionCalls::validationFlags);
        table.put(Call.C_GetOperationState, SessionCalls::getOperationState);
        table.put(Call.C_SetOperationState, SessionCalls::setOperationState);
        table.put(Call.C_Login, SessionCalls::login);
        table.put(Call.C_LoginUser, SessionCalls::loginUser);
        table.put(Call.C_Logout, SessionCalls::logout);
    }

    private static void initPin(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        try (SecretBytes pin = in.pin()) {
            in.end();
            library.sessions().initPin(library.session(session), pin);
        }
    }

    private static void setPin(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        try (SecretBytes oldPin = in.pin();
                SecretBytes newPin = in.pin()) {
            in.end();
            library.sessions().setPin(library.session(session), oldPin, newPin);
        }
    }

    private static void open(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        long flags = in.ulong();
        in.end();
        out.ulong(library.sessions().open(library.application(), slot, flags).handle());
    }

    private static void close(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        in.end();
        library.sessions().close(library.session(session));
    }

    private static void closeAll(Library library, WireReader in, WireWriter out) {
        long slot = in.ulong();
        in.end();
        library.sessions().closeAll(library.application(), slot);
    }

    private static void info(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        in.end();
        SessionInfo info = library.sessions().info(library.session(session));
        out.ulong(info.slot());
        out.ulong(info.state());
        out.ulong(info.flags());
        out.ulong(info.deviceError());
    }

    private static void validationFlags(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long type = in.ulong();
        in.end();
        out.ulong(library.sessions().validationFlags(library.session(session), type));
    }

    private static void getOperationState(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        int room = in.room();
        in.end();
        out.output(library.states().save(library.session(session), room));
    }

    private static void setOperationState(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        byte[] state = in.bytes();
        long encryptionKey = in.ulong();
        long authenticationKey = in.ulong();
        in.end();
        library.states().restore(library.session(session), state, encryptionKey, authenticationKey);
    }

    private static void login(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long user = in.ulong();
        try (SecretBytes pin = in.pin()) {
            in.end();
            library.sessions().login(library.session(session), user, pin);
        }
    }

    /** A token knows its users by type alone. */
    private static void loginUser(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long user = in.ulong();
        try (SecretBytes pin = in.pin()) {
            byte[] name = in.bytes();
            in.end();
            if (name.length != 0) {
                throw Fault.ARGUMENTS_BAD.because("a user name, but users have none");
            }
            library.sessions().login(library.session(session), user, pin);
        }
    }

    private static void logout(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        in.end();
        library.sessions().logout(library.session(session));
    }
}
