// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Corpus;
import org.ferrohsm.bridge.wire.Call;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile client sends to the daemon's socket, p11-kit's requests of every version among it: others are served on. */
public class FrameFuzzTest {
    private static final State STATE = new State();

    /** A daemon and a client that behaves. */
    private static final class State {
        private final RunningServer server;
        private final Client good;

        State() {
            try {
                server = new RunningServer(Files.createTempDirectory("fuzz"));
                good = server.connect().introduced("good");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    static List<Path> inputs() {
        return Corpus.of("frame");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_hostile_client_is_answered_or_ended_and_others_are_served(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls first: the token takes its time, which is none of the first input's. */
    public static void fuzzerInitialize() {
        assertNotNull(STATE.good);
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try (Client hostile = STATE.server.connect()) {
            hostile.sendsAll(input);
        }
        STATE.good.call(Call.C_GetInfo, Bytes.of()).ok();
    }
}
