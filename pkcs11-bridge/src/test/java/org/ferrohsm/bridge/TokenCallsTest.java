// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.ck.Cku;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots, tokens, sessions and logins through messages. */
class TokenCallsTest {
    private Host host;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder).initialize();
    }

    @AfterEach
    void unload() {
        host.close();
    }

    private Bytes login(long session, long user, String pin) {
        return Bytes.of().ulong(session).ulong(user).bytes(Host.ascii(pin));
    }

    @Test
    void a_slot_list_is_given_by_number_first_and_then_whole() {
        host.newTokenLogin("one");
        Bytes length = Bytes.of().octet(1).u32(0);
        assertEquals(2, host.call(Call.C_GetSlotList, length).ok().number());
        assertEquals(
                2,
                host.call(Call.C_GetSlotList, Bytes.of().octet(1).u32(1)).ok().number());
        assertArrayEquals(
                new long[] {0, 1},
                host.call(Call.C_GetSlotList, Bytes.of().octet(1).u32(2)).ok().ulongs());
    }

    @Test
    void a_mechanism_of_the_list_has_its_sizes_and_uses() {
        int number = host.call(Call.C_GetMechanismList, Bytes.of().ulong(0).u32(0))
                .ok()
                .number();
        long[] types = host.call(Call.C_GetMechanismList, Bytes.of().ulong(0).u32(number))
                .ok()
                .ulongs();
        assertTrue(Arrays.stream(types).anyMatch(type -> type == Ckm.CKM_AES_KEY_GEN));
        Reply info = host.call(Call.C_GetMechanismInfo, Bytes.of().ulong(0).ulong(Ckm.CKM_AES_KEY_GEN))
                .ok();
        assertEquals(16, info.ulong());
        assertEquals(32, info.ulong());
        assertEquals(Ckf.CKF_GENERATE, info.ulong());
        assertEquals(
                "CKR_MECHANISM_INVALID",
                host.call(Call.C_GetMechanismInfo, Bytes.of().ulong(0).ulong(0xffffffffffL))
                        .returnValue());
    }

    @Test
    void slot_and_token_are_described_in_padded_fields() {
        host.newTokenLogin("Wörter");
        Reply slot = host.call(Call.C_GetSlotInfo, Bytes.of().ulong(0)).ok();
        assertEquals(64, slot.text().length());
        assertEquals(32, slot.text().length());
        assertEquals(Ckf.CKF_TOKEN_PRESENT, slot.ulong());
        assertEquals(4, slot.rest().length);

        Reply token = host.call(Call.C_GetTokenInfo, Bytes.of().ulong(0)).ok();
        assertEquals("Wörter" + " ".repeat(25), token.text());
        assertEquals("FerroHSM" + " ".repeat(24), token.text());
        assertEquals("FerroHSM" + " ".repeat(8), token.text());
        assertEquals(16, token.text().length());
        assertEquals(Ckf.CKF_TOKEN_INITIALIZED, token.ulong() & Ckf.CKF_TOKEN_INITIALIZED);
        assertEquals(0, token.ulong());
        assertEquals(1, token.ulong());
        assertEquals(0, token.ulong());
        assertEquals(1, token.ulong());
        for (int left = 6; left > 0; left--) {
            token.ulong();
        }
        token.version();
        token.version();
        assertEquals(16, token.text().length());
        assertEquals(0, token.rest().length);
    }

    @Test
    void a_label_that_is_not_text_is_refused() {
        byte[] label = new byte[32];
        Arrays.fill(label, (byte) 0xff);
        Bytes parts = Bytes.of().ulong(0).bytes(Host.ascii(Host.SO_PIN)).block(label);
        assertEquals("CKR_ARGUMENTS_BAD", host.call(Call.C_InitToken2, parts).returnValue());
    }

    @Test
    void who_does_not_want_to_wait_hears_that_nothing_happened() {
        Bytes now = Bytes.of().ulong(Ckf.CKF_DONT_BLOCK);
        assertEquals("CKR_NO_EVENT", host.call(Call.C_WaitForSlotEvent, now).returnValue());
    }

    @Test
    void a_session_tells_its_state() {
        long session = host.newTokenLogin("t");
        Reply info = host.call(Call.C_GetSessionInfo, Bytes.of().ulong(session)).ok();
        assertEquals(0, info.ulong());
        assertEquals(Cks.CKS_RW_USER_FUNCTIONS, info.ulong());
        assertEquals(Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION, info.ulong());
        assertEquals(0, info.ulong());
    }

    @Test
    void a_wrong_pin_is_incorrect_and_a_null_one_a_bad_argument() {
        long session = host.newTokenLogin("t");
        host.call(Call.C_Logout, Bytes.of().ulong(session)).ok();
        assertEquals(
                "CKR_PIN_INCORRECT",
                host.call(Call.C_Login, login(session, Cku.CKU_USER, "wrong-one"))
                        .returnValue());
        Bytes none = Bytes.of().ulong(session).ulong(Cku.CKU_USER).nullBytes(0);
        assertEquals("CKR_ARGUMENTS_BAD", host.call(Call.C_Login, none).returnValue());
    }

    @Test
    void a_changed_pin_replaces_the_old_one() {
        long session = host.newTokenLogin("t");
        Bytes change = Bytes.of().ulong(session).bytes(Host.ascii(Host.PIN)).bytes(Host.ascii("another-1"));
        host.call(Call.C_SetPIN, change).ok();
        host.call(Call.C_Logout, Bytes.of().ulong(session)).ok();
        assertEquals(
                "CKR_PIN_INCORRECT",
                host.call(Call.C_Login, login(session, Cku.CKU_USER, Host.PIN)).returnValue());
        host.call(Call.C_Login, login(session, Cku.CKU_USER, "another-1")).ok();
    }

    @Test
    void users_have_no_names() {
        long session = host.newTokenLogin("t");
        host.call(Call.C_Logout, Bytes.of().ulong(session)).ok();
        assertEquals(
                "CKR_ARGUMENTS_BAD",
                host.call(
                                Call.C_LoginUser,
                                login(session, Cku.CKU_USER, Host.PIN).bytes(Host.ascii("bob")))
                        .returnValue());
        host.call(Call.C_LoginUser, login(session, Cku.CKU_USER, Host.PIN).nullBytes(0))
                .ok();
    }

    @Test
    void closed_sessions_are_no_longer_known() {
        long first = host.newTokenLogin("t");
        long second = host.open(0);
        host.call(Call.C_CloseSession, Bytes.of().ulong(first)).ok();
        assertEquals(
                "CKR_SESSION_HANDLE_INVALID",
                host.call(Call.C_CloseSession, Bytes.of().ulong(first)).returnValue());
        host.call(Call.C_CloseAllSessions, Bytes.of().ulong(0)).ok();
        assertEquals(
                "CKR_SESSION_HANDLE_INVALID",
                host.call(Call.C_CloseSession, Bytes.of().ulong(second)).returnValue());
    }

    @Test
    void only_the_state_of_a_digest_can_be_saved() {
        long session = host.newTokenLogin("t");
        Bytes get = Bytes.of().ulong(session).u32(0);
        assertEquals(
                "CKR_OPERATION_NOT_INITIALIZED",
                host.call(Call.C_GetOperationState, get).returnValue());
        long key = host.ecPair(session)[1];
        host.call(Call.C_SignInit, Bytes.of().ulong(session).u32(Ckm.CKM_ECDSA).ulong(key))
                .ok();
        assertEquals(
                "CKR_STATE_UNSAVEABLE", host.call(Call.C_GetOperationState, get).returnValue());
        Bytes set = Bytes.of().ulong(session).bytes(new byte[4]).ulong(0).ulong(0);
        assertEquals(
                "CKR_SAVED_STATE_INVALID",
                host.call(Call.C_SetOperationState, set).returnValue());
    }
}
