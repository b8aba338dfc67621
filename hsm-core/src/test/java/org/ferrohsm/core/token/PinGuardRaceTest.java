// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinGuardRaceTest {
    private static final int LIMIT = GuessingChild.LIMIT;

    @TempDir
    Path folder;

    @Test
    void ten_threads_on_five_handles_get_exactly_as_many_wrong_answers_as_the_limit() throws Exception {
        setUserPin();
        int threads = 10;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<SealedStore> handles = new ArrayList<>();
        try {
            for (int i = 0; i < threads / 2; i++) {
                handles.add(SealedStore.onDisk(folder));
            }
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<List<Fault>>> guesses = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                PinGuard guard = handles.get(i / 2).guard(LIMIT);
                guesses.add(pool.submit(() -> {
                    start.await();
                    return guessUntilLocked(guard);
                }));
            }
            List<Fault> answers = new ArrayList<>();
            for (Future<List<Fault>> guess : guesses) {
                answers.addAll(guess.get());
            }
            assertEquals(LIMIT, Collections.frequency(answers, Fault.PIN_INCORRECT));
            assertEquals(threads, Collections.frequency(answers, Fault.PIN_LOCKED));
            assertEquals(LIMIT + threads, answers.size());
        } finally {
            pool.shutdownNow();
            handles.forEach(SealedStore::close);
        }
        assertLockedAfterRestart();
    }

    @Test
    void processes_get_exactly_as_many_wrong_answers_as_the_limit() throws Exception {
        setUserPin();
        List<GuessingChild> children = start(4);
        try {
            for (GuessingChild child : children) {
                child.order("guess until locked");
            }
            int wrong = 0;
            for (GuessingChild child : children) {
                String answer = child.answer();
                while (answer.equals("PIN_INCORRECT")) {
                    wrong++;
                    answer = child.answer();
                }
                assertEquals("PIN_LOCKED", answer);
            }
            assertEquals(LIMIT, wrong);
        } finally {
            children.forEach(GuessingChild::close);
        }
        assertLockedAfterRestart();
    }

    @Test
    void a_process_killed_in_the_middle_of_a_guess_has_spent_its_try() throws Exception {
        setUserPin();
        for (int killed = 1; killed <= 3; killed++) {
            try (GuessingChild child = GuessingChild.start(folder)) {
                child.order("reserve wrong");
                child.expect("reserved");
                assertEquals(List.of(), child.kill());
            }
            assertEquals(killed, userTries());
        }
        try (SealedStore sealed = SealedStore.onDisk(folder)) {
            List<Fault> answers = guessUntilLocked(sealed.guard(LIMIT));
            assertEquals(LIMIT - 3, Collections.frequency(answers, Fault.PIN_INCORRECT));
        }
        assertLockedAfterRestart();
    }

    @Test
    void a_process_killed_before_its_right_pin_is_looked_at_has_spent_its_try_until_the_next_right_one()
            throws Exception {
        setUserPin();
        try (GuessingChild child = GuessingChild.start(folder)) {
            child.order("reserve right");
            child.expect("reserved");
            assertEquals(List.of(), child.kill());
        }
        assertEquals(1, userTries());
        try (SealedStore sealed = SealedStore.onDisk(folder);
                SecretBytes pin = pin("right")) {
            sealed.guard(LIMIT).unlock(SealedStore.TOKEN, Role.USER, pin).close();
        }
        assertEquals(0, userTries());
    }

    @Test
    void killing_processes_while_they_guess_wins_no_tries() throws Exception {
        setUserPin();
        int wrong = 0;
        for (int heard = 1; heard <= 4; heard++) {
            try (GuessingChild child = GuessingChild.start(folder)) {
                child.order("guess until locked");
                List<String> answers = new ArrayList<>();
                for (int i = 0; i < heard && !answers.contains("PIN_LOCKED"); i++) {
                    answers.add(child.answer());
                }
                answers.addAll(child.kill());
                wrong += Collections.frequency(answers, "PIN_INCORRECT");
            }
            assertTrue(wrong <= userTries(), wrong + " wrong answers for " + userTries() + " tries");
        }
        assertTrue(wrong <= LIMIT, wrong + " wrong answers");
        assertLockedAfterRestart();
    }

    @Test
    void processes_that_open_an_empty_folder_at_once_agree_on_seal_key_and_root_key() throws Exception {
        List<GuessingChild> children = start(4);
        try {
            for (GuessingChild child : children) {
                child.order("root");
            }
            Set<String> roots = new HashSet<>();
            for (GuessingChild child : children) {
                roots.add(child.answer());
            }
            assertEquals(1, roots.size());
        } finally {
            children.forEach(GuessingChild::close);
        }
    }

    private List<GuessingChild> start(int number) throws Exception {
        List<GuessingChild> children = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            children.add(GuessingChild.start(folder));
        }
        return children;
    }

    private void setUserPin() {
        try (SealedStore sealed = SealedStore.onDisk(folder);
                SecretBytes pin = pin("right");
                SecretBytes tokenKey = SecretBytes.random(32, sealed.random)) {
            sealed.insertTokens();
            PinGuard guard = sealed.guard(LIMIT);
            PinGuard.NewPin so = guard.prepare(SealedStore.TOKEN, Role.SO, pin, tokenKey);
            PinGuard.NewPin user = guard.prepare(SealedStore.TOKEN, Role.USER, pin, tokenKey);
            sealed.store.write(tx -> {
                guard.setPin(tx, so);
                guard.setPin(tx, user);
                return true;
            });
        }
    }

    private int userTries() {
        try (SealedStore sealed = SealedStore.onDisk(folder)) {
            return sealed.guard(LIMIT).status(SealedStore.TOKEN, Role.USER).tries();
        }
    }

    private void assertLockedAfterRestart() {
        try (SealedStore sealed = SealedStore.onDisk(folder);
                SecretBytes pin = pin("right")) {
            PinGuard guard = sealed.guard(LIMIT);
            assertEquals(new PinState(true, LIMIT, LIMIT), guard.status(SealedStore.TOKEN, Role.USER));
            assertFault(Fault.PIN_LOCKED, () -> guard.unlock(SealedStore.TOKEN, Role.USER, pin));
        }
    }

    private static List<Fault> guessUntilLocked(PinGuard guard) {
        List<Fault> answers = new ArrayList<>();
        try (SecretBytes pin = pin("wrong")) {
            while (!answers.contains(Fault.PIN_LOCKED)) {
                try {
                    guard.unlock(SealedStore.TOKEN, Role.USER, pin).close();
                    throw new AssertionError("a wrong PIN unlocked the token");
                } catch (HsmException e) {
                    answers.add(e.fault());
                }
            }
        }
        return answers;
    }

    private static SecretBytes pin(String text) {
        return SecretBytes.adopt(text.getBytes(UTF_8));
    }
}
