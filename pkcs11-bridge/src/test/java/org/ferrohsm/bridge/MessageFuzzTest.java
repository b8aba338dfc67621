// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.bridge.client.Corpus;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole requests of a hostile program to a library in which a user has logged in: each gets an answer that is one. */
public class MessageFuzzTest {
    /** They wait, end the test's own session, or spend their time on PINs. */
    private static final Set<Call> LEFT_OUT = EnumSet.of(
            Call.C_Initialize,
            Call.C_Finalize,
            Call.C_WaitForSlotEvent,
            Call.C_CloseSession,
            Call.C_CloseAllSessions,
            Call.C_InitToken,
            Call.C_InitToken2,
            Call.C_InitPIN,
            Call.C_SetPIN,
            Call.C_Login,
            Call.C_LoginUser,
            Call.C_Logout);

    /** What requests leave behind is thrown away now and then. */
    private static final int REQUESTS_OF_ONE_HOST = 5000;

    private static final State STATE = new State();

    /** A host with an AES key and a pair of EC keys. */
    private static final class State {
        private final Path folder;
        private Host host;
        private long session;
        private int requests;

        State() {
            try {
                folder = Files.createTempDirectory("fuzz");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            host = open();
        }

        private Host open() {
            Host fresh = new Host(folder, Map.of("FERROHSM_STORE", "memory:")).initialize();
            session = fresh.newTokenLogin("fuzz");
            fresh.aesKey(session);
            fresh.ecPair(session);
            requests = 0;
            return fresh;
        }

        byte[] answer(byte[] message, boolean inSession) {
            if (++requests > REQUESTS_OF_ONE_HOST) {
                host.close();
                host = open();
            }
            if (inSession) {
                ByteBuffer.wrap(message).putLong(8 + message[7], session);
            }
            return host.send(message);
        }
    }

    static List<Path> inputs() {
        return Corpus.of("message");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_request_gets_an_answer_that_is_one(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls first: the token takes its time, which is none of the first input's. */
    public static void fuzzerInitialize() {
        assertNotNull(STATE.host);
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        Call call = input.length < 4 ? null : Call.of(ByteBuffer.wrap(input).getInt());
        if (call != null && LEFT_OUT.contains(call)) {
            return;
        }
        byte[] message = input.clone();
        boolean inSession = call != null
                && call.request().startsWith("u")
                && input.length >= 16 + call.request().length()
                && input[7] == call.request().length();
        Reply.of(call == null ? Call.ERROR : call, STATE.answer(message, inSession));
    }
}
