// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.PinCost;
import org.ferrohsm.core.seal.PinKdf;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinGuardTest {
    private static final SecretBytes RIGHT = pin("1234");
    private static final SecretBytes WRONG = pin("4321");

    @TempDir
    Path folder;

    private SealedStore sealed;
    private PinGuard guard;
    private SecretBytes tokenKey;

    @BeforeEach
    void open() {
        sealed = SealedStore.inMemory(folder);
        sealed.insertTokens();
        guard = sealed.guard(3);
        tokenKey = SecretBytes.random(32, sealed.random);
        set(Role.SO, RIGHT);
        set(Role.USER, RIGHT);
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_right_pin_gives_the_token_key(Role role) {
        try (SecretBytes unlocked = guard.unlock(SealedStore.TOKEN, role, RIGHT)) {
            assertTrue(unlocked.matches(tokenKey));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_pin_counts_one_try(Role role) {
        assertUnlockFails(Fault.PIN_INCORRECT, role, WRONG);
        assertEquals(new PinState(true, 1, 3), guard.status(SealedStore.TOKEN, role));
    }

    @Test
    void the_right_pin_gives_all_tries_back() {
        assertUnlockFails(Fault.PIN_INCORRECT, Role.USER, WRONG);
        assertUnlockFails(Fault.PIN_INCORRECT, Role.USER, WRONG);
        guard.unlock(SealedStore.TOKEN, Role.USER, RIGHT).close();
        assertEquals(new PinState(true, 0, 3), guard.status(SealedStore.TOKEN, Role.USER));
    }

    @ParameterizedTest
    @EnumSource
    void a_pin_locks_after_exactly_the_limit_and_then_even_the_right_one_is_refused(Role role) {
        for (int i = 0; i < 3; i++) {
            assertUnlockFails(Fault.PIN_INCORRECT, role, WRONG);
        }
        assertUnlockFails(Fault.PIN_LOCKED, role, WRONG);
        assertUnlockFails(Fault.PIN_LOCKED, role, RIGHT);
        assertEquals(new PinState(true, 3, 3), guard.status(SealedStore.TOKEN, role));
    }

    @Test
    void one_role_s_wrong_pins_do_not_lock_the_other() {
        for (int i = 0; i < 3; i++) {
            assertUnlockFails(Fault.PIN_INCORRECT, Role.USER, WRONG);
        }
        guard.unlock(SealedStore.TOKEN, Role.SO, RIGHT).close();
        assertTrue(guard.status(SealedStore.TOKEN, Role.USER).locked());
    }

    @Test
    void a_new_pin_unlocks_and_the_old_one_is_worth_nothing() {
        for (int i = 0; i < 3; i++) {
            assertUnlockFails(Fault.PIN_INCORRECT, Role.USER, WRONG);
        }
        set(Role.USER, WRONG);
        try (SecretBytes unlocked = guard.unlock(SealedStore.TOKEN, Role.USER, WRONG)) {
            assertTrue(unlocked.matches(tokenKey));
        }
        assertUnlockFails(Fault.PIN_INCORRECT, Role.USER, RIGHT);
    }

    @Test
    void a_role_without_a_pin_has_none_to_guess() {
        clear(Role.USER);
        assertUnlockFails(Fault.USER_PIN_NOT_INITIALIZED, Role.USER, RIGHT);
        assertEquals(new PinState(false, 0, 3), guard.status(SealedStore.TOKEN, Role.USER));
        guard.unlock(SealedStore.TOKEN, Role.SO, RIGHT).close();
    }

    @Test
    void the_flags_follow_the_tries() {
        assertFlags(new PinState(true, 0, 3), false, false, false);
        assertFlags(new PinState(true, 1, 3), true, false, false);
        assertFlags(new PinState(true, 2, 3), true, true, false);
        assertFlags(new PinState(true, 3, 3), true, false, true);
        assertFlags(new PinState(true, 4, 3), true, false, true);
        assertFlags(new PinState(false, 0, 1), false, false, false);
        assertEquals(1, new PinState(true, 2, 3).triesLeft());
        assertEquals(0, new PinState(true, 4, 3).triesLeft());
    }

    @Test
    void asking_for_the_status_writes_nothing() {
        long before = sealed.store.revision();
        guard.status(SealedStore.TOKEN, Role.USER);
        assertEquals(before, sealed.store.revision());
    }

    @Test
    void any_flipped_byte_of_the_pins_is_a_device_error_and_counts_nothing() {
        byte[] entry = pins();
        for (int i = 0; i < entry.length; i++) {
            byte[] changed = entry.clone();
            changed[i] ^= 1;
            assertPinsRefused(changed);
        }
        assertPinsRefused(new byte[0]);
        assertPinsRefused(Arrays.copyOf(entry, entry.length - 1));
        putPins(SealedStore.TOKEN, entry);
        guard.unlock(SealedStore.TOKEN, Role.USER, RIGHT).close();
    }

    @Test
    void pins_that_were_taken_away_are_a_device_error() {
        sealed.store.write(tx -> {
            tx.removeEntry(SealedStore.TOKEN, "pins");
            return true;
        });
        assertUnlockFails(Fault.DEVICE_ERROR, Role.USER, RIGHT);
        assertUnlockFails(Fault.DEVICE_ERROR, Role.SO, RIGHT);
        assertFault(Fault.DEVICE_ERROR, () -> guard.status(SealedStore.TOKEN, Role.USER));
        assertFault(Fault.DEVICE_ERROR, () -> set(Role.USER, RIGHT));
    }

    @Test
    void pins_of_another_token_are_a_device_error() {
        putPins(SealedStore.OTHER_TOKEN, pins());
        assertFault(Fault.DEVICE_ERROR, () -> guard.unlock(SealedStore.OTHER_TOKEN, Role.USER, RIGHT));
    }

    @Test
    void a_limit_below_one_is_refused() {
        assertFault(Fault.ARGUMENTS_BAD, () -> sealed.guard(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_right_pin_works_while_another_try_is_under_way(boolean otherIsRight) {
        during(
                Role.USER,
                otherIsRight ? RIGHT : WRONG,
                () -> guard.unlock(SealedStore.TOKEN, Role.USER, RIGHT).close());
        assertEquals(new PinState(true, 0, 3), guard.status(SealedStore.TOKEN, Role.USER));
    }

    @Test
    void a_try_that_is_under_way_counts_already() {
        AtomicBoolean seen = new AtomicBoolean();
        during(
                Role.USER,
                RIGHT,
                () -> seen.set(guard.status(SealedStore.TOKEN, Role.USER).tries() == 1));
        assertTrue(seen.get());
    }

    @Test
    void no_transaction_is_held_while_a_pin_is_hashed() {
        during(
                Role.USER,
                RIGHT,
                () -> sealed.store.write(tx -> {
                    tx.putEntry(SealedStore.TOKEN, "other", new byte[1]);
                    return true;
                }));
    }

    @Test
    void a_pin_that_is_replaced_while_it_is_tried_opens_nothing() {
        PinGuard slow = guardThatPauses(() -> set(Role.USER, WRONG));
        assertFault(Fault.PIN_INCORRECT, () -> slow.unlock(SealedStore.TOKEN, Role.USER, RIGHT));
        assertEquals(new PinState(true, 1, 3), guard.status(SealedStore.TOKEN, Role.USER));
    }

    @Test
    void a_right_pin_that_is_wrapped_anew_while_it_is_tried_still_works() {
        PinGuard slow = guardThatPauses(() -> set(Role.USER, RIGHT));
        slow.unlock(SealedStore.TOKEN, Role.USER, RIGHT).close();
        assertEquals(new PinState(true, 0, 3), guard.status(SealedStore.TOKEN, Role.USER));
    }

    /** Runs {@code meanwhile} after a try has been reserved and before its PIN has been looked at. */
    private void during(Role role, SecretBytes pin, Runnable meanwhile) {
        PinGuard slow = guardThatPauses(meanwhile);
        if (pin.matches(RIGHT)) {
            slow.unlock(SealedStore.TOKEN, role, pin).close();
        } else {
            assertFault(Fault.PIN_INCORRECT, () -> slow.unlock(SealedStore.TOKEN, role, pin));
        }
    }

    private PinGuard guardThatPauses(Runnable afterReserving) {
        PausingStore store = new PausingStore(sealed.store, afterReserving);
        return new PinGuard(store, sealed.root, new PinKdf(sealed.root, PinCost.FLOOR, sealed.random), 3);
    }

    private void set(Role role, SecretBytes pin) {
        PinGuard.NewPin prepared = guard.prepare(SealedStore.TOKEN, role, pin, tokenKey);
        sealed.store.write(tx -> {
            guard.setPin(tx, prepared);
            return true;
        });
    }

    private void clear(Role role) {
        sealed.store.write(tx -> {
            guard.clear(tx, SealedStore.TOKEN, role);
            return true;
        });
    }

    private void assertUnlockFails(Fault fault, Role role, SecretBytes pin) {
        assertFault(fault, () -> guard.unlock(SealedStore.TOKEN, role, pin));
    }

    private void assertPinsRefused(byte[] entry) {
        putPins(SealedStore.TOKEN, entry);
        assertUnlockFails(Fault.DEVICE_ERROR, Role.USER, RIGHT);
        assertFault(Fault.DEVICE_ERROR, () -> guard.status(SealedStore.TOKEN, Role.SO));
        assertTrue(Arrays.equals(entry, pins()));
    }

    private byte[] pins() {
        return sealed.store
                .read(reader -> reader.entry(SealedStore.TOKEN, "pins"))
                .orElseThrow();
    }

    private void putPins(UUID token, byte[] entry) {
        sealed.store.write(tx -> {
            tx.putEntry(token, "pins", entry);
            return true;
        });
    }

    private static void assertFlags(PinState state, boolean countLow, boolean finalTry, boolean locked) {
        assertEquals(countLow, state.countLow());
        assertEquals(finalTry, state.finalTry());
        assertEquals(locked, state.locked());
        assertFalse(state.finalTry() && state.locked());
    }

    private static SecretBytes pin(String text) {
        return SecretBytes.adopt(text.getBytes(UTF_8));
    }
}
