// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.bridge.wire.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlersTest {
    @ParameterizedTest
    @EnumSource
    void every_call_has_a_handler_whichever_comes_first(Call call) {
        Handlers handlers = new Handlers();
        Handler handler = handlers.of(call);
        EnumSet.allOf(Call.class).forEach(handlers::of);
        assertSame(handler, handlers.of(call));
    }

    @Test
    void threads_that_ask_at_once_get_the_same_handlers() throws InterruptedException, ExecutionException {
        Handlers handlers = new Handlers();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Call call : Call.values()) {
                List<Callable<Handler>> questions = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    questions.add(() -> handlers.of(call));
                }
                Set<Handler> answers = new HashSet<>();
                for (Future<Handler> answer : threads.invokeAll(questions)) {
                    answers.add(answer.get());
                }
                assertEquals(1, answers.size());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
