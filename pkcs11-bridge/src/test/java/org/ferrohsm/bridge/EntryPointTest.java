// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process's bridge, configured by the environment that the build gives to the tests: a store in memory. */
class EntryPointTest {
    private static Reply call(ByteBuffer buffer, Call call, Bytes parts) {
        byte[] message = Bytes.of()
                .u32(call.id())
                .text(call.request())
                .raw(parts.array())
                .array();
        buffer.clear().put(message);
        int length = EntryPoint.call(buffer, message.length);
        ByteBuffer answered = buffer;
        if (length < 0) {
            answered = ByteBuffer.allocateDirect(-length);
            assertEquals(-length, EntryPoint.fetch(answered));
            length = -length;
        }
        byte[] answer = new byte[length];
        answered.get(0, answer);
        return Reply.of(call, answer);
    }

    @BeforeEach
    void open() {
        call(ByteBuffer.allocateDirect(256), Call.C_Initialize, Host.initialisation("ferrohsm=1\n"))
                .ok();
    }

    @AfterEach
    void close() {
        call(ByteBuffer.allocateDirect(256), Call.C_Finalize, Bytes.of()).ok();
    }

    @Test
    void an_answer_that_does_not_fit_waits_to_be_fetched() {
        ByteBuffer small = ByteBuffer.allocateDirect(64);
        Reply info = call(small, Call.C_GetTokenInfo, Bytes.of().ulong(0)).ok();
        assertEquals(" ".repeat(32), info.text());
    }

    @Test
    void each_thread_fetches_its_own_answer() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Call call = i % 2 == 0 ? Call.C_GetSlotInfo : Call.C_GetTokenInfo;
                answers.add(threads.submit(() -> call(
                                ByteBuffer.allocateDirect(64), call, Bytes.of().ulong(0))
                        .ok()
                        .text()));
            }
            for (int i = 0; i < 200; i++) {
                String text = answers.get(i).get();
                assertTrue(i % 2 == 0 ? text.startsWith("FerroHSM") : text.isBlank(), text);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
