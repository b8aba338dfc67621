// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.operation.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages, asynchronous functions and slot events through messages of the wire. */
class MessageCallsTest {
    private static final byte[] DATA = Host.ascii("a message");
    private static final int ROOM = 64;

    private Host host;
    private long session;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder).initialize();
        session = host.newTokenLogin("messages");
    }

    @AfterEach
    void unload() {
        host.close();
    }

    private Bytes inSession() {
        return Bytes.of().ulong(session);
    }

    private static byte[] parameter(byte[] nonce, long generator, byte[] tag) {
        Bytes bytes = Bytes.of().octet(2).ulong(-1).block(nonce).ulong(0).ulong(generator);
        return (tag.length == 0 ? bytes.nullBlock() : bytes.block(tag))
                .ulong(128)
                .array();
    }

    private Bytes init(long key) {
        return inSession().u32(Ckm.CKM_AES_GCM).octet(0).ulong(key);
    }

    @Test
    void a_message_comes_back_with_the_nonce_and_the_tag_that_decrypt_it() {
        long key = host.aesKey(session);
        host.call(Call.C_MessageEncryptInit2, init(key)).ok();
        Reply reply = host.call(
                        Call.C_EncryptMessage2,
                        inSession()
                                .raw(parameter(new byte[12], Ckg.CKG_GENERATE, new byte[0]))
                                .bytes(new byte[0])
                                .bytes(DATA)
                                .u32(ROOM))
                .ok();
        byte[] ciphertext = reply.output().require();
        assertEquals(1, reply.octet());
        byte[] nonce = reply.block();
        byte[] tag = reply.block();
        host.call(Call.C_MessageEncryptFinal, inSession()).ok();

        host.call(Call.C_MessageDecryptInit2, init(key)).ok();
        Output plain = host.call(
                        Call.C_DecryptMessage2,
                        inSession()
                                .raw(parameter(nonce, Ckg.CKG_NO_GENERATE, tag))
                                .bytes(new byte[0])
                                .bytes(ciphertext)
                                .u32(ROOM))
                .ok()
                .output();
        assertArrayEquals(DATA, plain.require());
    }

    @Test
    void a_nonce_that_the_caller_gave_does_not_come_back() {
        host.call(Call.C_MessageEncryptInit2, init(host.aesKey(session))).ok();
        Reply begun = host.call(
                        Call.C_EncryptMessageBegin2,
                        inSession()
                                .raw(parameter(new byte[12], Ckg.CKG_NO_GENERATE, new byte[0]))
                                .bytes(new byte[0]))
                .ok();
        assertEquals(0, begun.octet());
        Reply last = host.call(
                        Call.C_EncryptMessageNext2,
                        inSession()
                                .raw(parameter(new byte[12], Ckg.CKG_NO_GENERATE, new byte[0]))
                                .bytes(DATA)
                                .u32(ROOM)
                                .ulong(Ckf.CKF_END_OF_MESSAGE))
                .ok();
        assertNotNull(last.output().bytes());
        assertEquals(1, last.octet());
        assertEquals(0, last.block().length);
        assertEquals(16, last.block().length);
    }

    @Test
    void a_parameter_of_an_unknown_form_is_malformed_and_one_of_bytes_is_of_no_use() {
        host.call(Call.C_MessageEncryptInit2, init(host.aesKey(session))).ok();
        Bytes unknown = inSession().octet(3).bytes(new byte[0]);
        assertEquals(
                "CKR_DEVICE_ERROR",
                host.call(Call.C_EncryptMessageBegin2, unknown).returnValue());
        Bytes plain = inSession().octet(1).block(new byte[12]).bytes(new byte[0]);
        assertEquals(
                "CKR_MECHANISM_PARAM_INVALID",
                host.call(Call.C_EncryptMessageBegin2, plain).returnValue());
    }

    @Test
    void other_clients_pointers_are_not_supported() {
        Bytes message = inSession().bytes(new byte[48]).bytes(new byte[0]);
        assertEquals(
                "CKR_FUNCTION_NOT_SUPPORTED",
                host.call(Call.C_EncryptMessageBegin, message).returnValue());
    }

    @Test
    void a_token_in_the_free_slot_is_an_event_for_that_slot_and_the_next_free_one() {
        Bytes dontBlock = Bytes.of().ulong(Ckf.CKF_DONT_BLOCK);
        long first = host.call(Call.C_WaitForSlotEvent, dontBlock).ok().ulong();
        assertEquals(
                first + 1, host.call(Call.C_WaitForSlotEvent, dontBlock).ok().ulong());
        assertEquals(
                "CKR_NO_EVENT", host.call(Call.C_WaitForSlotEvent, dontBlock).returnValue());
    }
}
