// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.operation.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations through messages, with the rule for output buffers as a C program meets it. */
class CryptoCallsTest {
    private static final byte[] DATA = Host.ascii("thirty-two bytes of plain text..");
    private static final int QUERY = 0;
    private static final int NO_ROOM = -1;

    private Host host;
    private long session;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder).initialize();
        session = host.newTokenLogin("crypto");
    }

    @AfterEach
    void unload() {
        host.close();
    }

    private void init(Call call, long mechanism, long key) {
        host.call(call, Bytes.of().ulong(session).u32(mechanism).ulong(key)).ok();
    }

    private void cbc(Call call, long mechanism, long key) {
        Bytes parameter = Bytes.of().octet(1).block(new byte[16]);
        host.call(
                        call,
                        Bytes.of()
                                .ulong(session)
                                .u32(mechanism)
                                .raw(parameter.array())
                                .ulong(key))
                .ok();
    }

    private Bytes inSession() {
        return Bytes.of().ulong(session);
    }

    private byte[] finish(Call call, int room) {
        return host.call(call, inSession().u32(room)).ok().output().require();
    }

    private static byte[] sha256(byte[] data) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }

    @Test
    void a_signature_survives_length_query_and_too_little_room_and_then_verifies() {
        long[] pair = host.ecPair(session);
        init(Call.C_SignInit, Ckm.CKM_ECDSA_SHA256, pair[1]);
        Output query = host.transform(Call.C_Sign, session, DATA, QUERY);
        assertNull(query.bytes());
        assertEquals(64, query.length());
        assertNull(host.transform(Call.C_Sign, session, DATA, 63).bytes());
        assertNull(host.transform(Call.C_Sign, session, DATA, NO_ROOM).bytes());
        byte[] signature = host.transform(Call.C_Sign, session, DATA, 64).require();
        Bytes again = inSession().bytes(DATA).u32(64);
        assertEquals(
                "CKR_OPERATION_NOT_INITIALIZED", host.call(Call.C_Sign, again).returnValue());

        init(Call.C_VerifyInit, Ckm.CKM_ECDSA_SHA256, pair[0]);
        host.call(Call.C_Verify, inSession().bytes(DATA).bytes(signature)).ok();
        signature[10] ^= 1;
        init(Call.C_VerifyInit, Ckm.CKM_ECDSA_SHA256, pair[0]);
        assertEquals(
                "CKR_SIGNATURE_INVALID",
                host.call(Call.C_Verify, inSession().bytes(DATA).bytes(signature))
                        .returnValue());
    }

    @Test
    void a_signature_is_made_and_verified_in_parts_of_which_some_are_empty() {
        long[] pair = host.ecPair(session);
        init(Call.C_SignInit, Ckm.CKM_ECDSA_SHA256, pair[1]);
        host.call(Call.C_SignUpdate, inSession().bytes(DATA)).ok();
        host.call(Call.C_SignUpdate, inSession().nullBytes(0)).ok();
        byte[] signature = finish(Call.C_SignFinal, 64);
        init(Call.C_VerifyInit, Ckm.CKM_ECDSA_SHA256, pair[0]);
        host.call(Call.C_VerifyUpdate, inSession().bytes(Arrays.copyOf(DATA, 5)))
                .ok();
        host.call(Call.C_VerifyUpdate, inSession().bytes(Arrays.copyOfRange(DATA, 5, 32)))
                .ok();
        host.call(Call.C_VerifyFinal, inSession().bytes(signature)).ok();
    }

    @Test
    void what_is_encrypted_is_decrypted_whole_and_in_parts() {
        long key = host.aesKey(session);
        cbc(Call.C_EncryptInit, Ckm.CKM_AES_CBC_PAD, key);
        byte[] whole = host.transform(Call.C_Encrypt, session, DATA, 48).require();
        cbc(Call.C_EncryptInit, Ckm.CKM_AES_CBC_PAD, key);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(host.transform(Call.C_EncryptUpdate, session, Arrays.copyOf(DATA, 20), 48)
                .require());
        parts.writeBytes(host.transform(Call.C_EncryptUpdate, session, Arrays.copyOfRange(DATA, 20, 32), 48)
                .require());
        parts.writeBytes(finish(Call.C_EncryptFinal, 48));
        assertArrayEquals(whole, parts.toByteArray());

        cbc(Call.C_DecryptInit, Ckm.CKM_AES_CBC_PAD, key);
        assertArrayEquals(
                DATA, host.transform(Call.C_Decrypt, session, whole, 48).require());
        cbc(Call.C_DecryptInit, Ckm.CKM_AES_CBC_PAD, key);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.writeBytes(
                host.transform(Call.C_DecryptUpdate, session, whole, 64).require());
        plain.writeBytes(finish(Call.C_DecryptFinal, 16));
        assertArrayEquals(DATA, plain.toByteArray());
    }

    @Test
    void a_digest_is_that_of_the_data_and_of_the_key() throws NoSuchAlgorithmException {
        Bytes sha256 = inSession().u32(Ckm.CKM_SHA256);
        host.call(Call.C_DigestInit, sha256).ok();
        assertArrayEquals(
                sha256(DATA), host.transform(Call.C_Digest, session, DATA, 32).require());
        long key = host.aesKey(session);
        host.call(Call.C_DigestInit, sha256).ok();
        host.call(Call.C_DigestKey, inSession().ulong(key)).ok();
        host.call(Call.C_DigestUpdate, inSession().bytes(DATA)).ok();
        assertEquals(32, finish(Call.C_DigestFinal, 32).length);
    }

    @Test
    void an_init_without_mechanism_cancels_and_so_does_session_cancel() {
        long[] pair = host.ecPair(session);
        init(Call.C_SignInit, Ckm.CKM_ECDSA, pair[1]);
        Bytes again = inSession().u32(Ckm.CKM_ECDSA).ulong(pair[1]);
        assertEquals("CKR_OPERATION_ACTIVE", host.call(Call.C_SignInit, again).returnValue());
        init(Call.C_SignInit, 0xffffffffL, 0);
        init(Call.C_SignInit, Ckm.CKM_ECDSA, pair[1]);
        init(Call.C_VerifyInit, Ckm.CKM_ECDSA, pair[0]);
        host.call(Call.C_SessionCancel, inSession().ulong(Ckf.CKF_SIGN | Ckf.CKF_FIND_OBJECTS))
                .ok();
        init(Call.C_SignInit, Ckm.CKM_ECDSA, pair[1]);
        Bytes verify = inSession().u32(Ckm.CKM_ECDSA).ulong(pair[0]);
        assertEquals(
                "CKR_OPERATION_ACTIVE", host.call(Call.C_VerifyInit, verify).returnValue());
    }

    @Test
    void a_search_is_cancelled() {
        host.call(Call.C_FindObjectsInit, inSession().u32(0)).ok();
        host.call(Call.C_SessionCancel, inSession().ulong(Ckf.CKF_FIND_OBJECTS)).ok();
        host.call(Call.C_FindObjectsInit, inSession().u32(0)).ok();
    }

    @Test
    void a_parameter_of_the_wrong_shape_and_a_mechanism_that_is_not_there_are_told_apart() {
        long key = host.aesKey(session);
        Bytes noIv = inSession().u32(Ckm.CKM_AES_CBC).octet(0).ulong(key);
        assertEquals(
                "CKR_MECHANISM_PARAM_INVALID",
                host.call(Call.C_EncryptInit, noIv).returnValue());
        Bytes unknown = inSession().u32(0x80001234L).octet(0).ulong(key);
        assertEquals(
                "CKR_MECHANISM_INVALID", host.call(Call.C_EncryptInit, unknown).returnValue());
    }

    @Test
    void dual_functions_feed_both_operations() throws NoSuchAlgorithmException {
        long key = host.aesKey(session);
        Bytes sha256 = inSession().u32(Ckm.CKM_SHA256);
        cbc(Call.C_EncryptInit, Ckm.CKM_AES_CBC, key);
        host.call(Call.C_DigestInit, sha256).ok();
        assertEquals(
                32,
                host.transform(Call.C_DigestEncryptUpdate, session, DATA, QUERY).length());
        byte[] encrypted =
                host.transform(Call.C_DigestEncryptUpdate, session, DATA, 32).require();
        assertArrayEquals(sha256(DATA), finish(Call.C_DigestFinal, 32));
        assertEquals(0, finish(Call.C_EncryptFinal, 16).length);

        cbc(Call.C_DecryptInit, Ckm.CKM_AES_CBC, key);
        host.call(Call.C_DigestInit, sha256).ok();
        byte[] plain = host.transform(Call.C_DecryptDigestUpdate, session, encrypted, 32)
                .require();
        assertArrayEquals(DATA, plain);
        assertArrayEquals(sha256(DATA), finish(Call.C_DigestFinal, 32));
    }

    @Test
    void sign_and_encrypt_then_decrypt_and_verify() {
        long key = host.aesKey(session);
        long[] pair = host.ecPair(session);
        cbc(Call.C_EncryptInit, Ckm.CKM_AES_CBC, key);
        init(Call.C_SignInit, Ckm.CKM_ECDSA_SHA256, pair[1]);
        byte[] encrypted =
                host.transform(Call.C_SignEncryptUpdate, session, DATA, 32).require();
        byte[] signature = finish(Call.C_SignFinal, 64);
        cbc(Call.C_DecryptInit, Ckm.CKM_AES_CBC, key);
        init(Call.C_VerifyInit, Ckm.CKM_ECDSA_SHA256, pair[0]);
        assertArrayEquals(
                DATA,
                host.transform(Call.C_DecryptVerifyUpdate, session, encrypted, 32)
                        .require());
        host.call(Call.C_VerifyFinal, inSession().bytes(signature)).ok();
    }

    @Test
    void a_dual_function_needs_both_operations_and_leaves_the_one_alone() {
        long key = host.aesKey(session);
        cbc(Call.C_EncryptInit, Ckm.CKM_AES_CBC, key);
        Bytes dual = inSession().bytes(DATA).u32(64);
        assertEquals(
                "CKR_OPERATION_NOT_INITIALIZED",
                host.call(Call.C_DigestEncryptUpdate, dual).returnValue());
        byte[] encrypted = host.transform(Call.C_Encrypt, session, DATA, 32).require();
        cbc(Call.C_DecryptInit, Ckm.CKM_AES_CBC, key);
        assertArrayEquals(
                DATA, host.transform(Call.C_Decrypt, session, encrypted, 32).require());
    }

    @Test
    void random_bytes_come_in_the_number_asked_for_and_differ() {
        byte[] first = finish(Call.C_GenerateRandom, 200_000);
        assertEquals(200_000, first.length);
        assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(finish(Call.C_GenerateRandom, 200_000)));
        assertEquals(0, finish(Call.C_GenerateRandom, 0).length);
        host.call(Call.C_SeedRandom, inSession().bytes(DATA)).ok();
    }

    @Test
    void more_random_bytes_than_one_call_gives_are_refused() {
        Bytes most = inSession().u32(0x7fffffff);
        assertEquals("CKR_ARGUMENTS_BAD", host.call(Call.C_GenerateRandom, most).returnValue());
    }
}
