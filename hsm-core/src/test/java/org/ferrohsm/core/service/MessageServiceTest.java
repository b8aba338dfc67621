// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of an authenticated cipher (PKCS#11 3.2 sections 5.9 and 5.11). */
class MessageServiceTest {
    private static final byte[] DATA = "a message of more than one block".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AAD = {1, 2, 3};
    private static final byte[] NONE = {};

    private HsmFixture fixture;
    private MessageService messages;
    private Session session;
    private long key;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        messages = fixture.hsm.messages();
        // What is compared with another encryption needs the same IV twice.
        session = fixture.login(fixture.newToken("messages", Profile.COMPAT));
        key = aes();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private long aes() {
        return fixture.aesKey(
                session, 32, Template.builder().put(Cka.CKA_ENCRYPT, true).put(Cka.CKA_DECRYPT, true));
    }

    private static MessageParameters parameters(byte[] nonce, long fixedBits, long generator, byte[] tag) {
        return new MessageParameters(nonce, fixedBits, generator, tag, 128, -1);
    }

    private static MessageParameters given(byte[] nonce) {
        return parameters(nonce, 0, Ckg.CKG_NO_GENERATE, NONE);
    }

    private void start() {
        messages.encryptInit(session, MechanismCall.of(Ckm.CKM_AES_GCM), key);
    }

    private void startDecrypting() {
        messages.decryptInit(session, MechanismCall.of(Ckm.CKM_AES_GCM), key);
    }

    private static byte[] nonce(MessageOutcome outcome) {
        assertNotNull(outcome.nonce());
        return outcome.nonce();
    }

    private static byte[] tag(MessageOutcome outcome) {
        assertNotNull(outcome.tag());
        return outcome.tag();
    }

    private MessageOutcome encrypt(MessageParameters parameters) {
        return messages.whole(session, OperationKind.MESSAGE_ENCRYPT, parameters, AAD, DATA, Output.UNLIMITED);
    }

    private byte[] decrypt(byte[] nonce, byte[] tag, byte[] ciphertext) {
        return messages.whole(
                        session,
                        OperationKind.MESSAGE_DECRYPT,
                        parameters(nonce, 0, 0, tag),
                        AAD,
                        ciphertext,
                        Output.UNLIMITED)
                .output()
                .require();
    }

    @Test
    void ciphertext_and_tag_are_those_of_the_same_encryption_without_messages() {
        start();
        MessageOutcome message = encrypt(given(new byte[12]));
        fixture.hsm
                .crypto()
                .encryptInit(
                        session, new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(new byte[12], AAD, 128)), key);
        byte[] whole =
                fixture.hsm.crypto().encrypt(session, DATA, Output.UNLIMITED).require();
        assertArrayEquals(Arrays.copyOf(whole, DATA.length), message.output().require());
        assertArrayEquals(Arrays.copyOfRange(whole, DATA.length, whole.length), message.tag());
    }

    @Test
    void one_process_encrypts_several_messages_and_another_decrypts_them() {
        start();
        MessageOutcome first = encrypt(parameters(new byte[12], 0, Ckg.CKG_GENERATE, NONE));
        MessageOutcome second = encrypt(parameters(new byte[12], 0, Ckg.CKG_GENERATE, NONE));
        messages.finish(session, OperationKind.MESSAGE_ENCRYPT);
        startDecrypting();
        assertArrayEquals(DATA, decrypt(nonce(first), tag(first), first.output().require()));
        assertArrayEquals(
                DATA, decrypt(nonce(second), tag(second), second.output().require()));
    }

    @Test
    void a_message_in_parts_gives_what_the_whole_gives() {
        start();
        MessageOutcome whole = encrypt(given(new byte[12]));
        MessageOutcome begun = messages.begin(session, OperationKind.MESSAGE_ENCRYPT, given(new byte[12]), AAD);
        assertNull(begun.nonce());
        byte[] one = next(Arrays.copyOf(DATA, 5), false).output().require();
        MessageOutcome last = next(Arrays.copyOfRange(DATA, 5, DATA.length), true);
        assertArrayEquals(whole.output().require(), concat(one, last.output().require()));
        assertArrayEquals(whole.tag(), last.tag());
    }

    private MessageOutcome next(byte[] part, boolean last) {
        return messages.next(session, OperationKind.MESSAGE_ENCRYPT, given(new byte[12]), part, Output.UNLIMITED, last);
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }

    @Test
    void a_wrong_tag_gives_no_plaintext_and_leaves_the_process_running() {
        start();
        MessageOutcome message = encrypt(given(new byte[12]));
        startDecrypting();
        byte[] wrong = tag(message).clone();
        wrong[0] ^= 1;
        byte[] ciphertext = message.output().require();
        assertFault(Fault.ENCRYPTED_DATA_INVALID, () -> decrypt(new byte[12], wrong, ciphertext));
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> decrypt(new byte[12], new byte[12], ciphertext));
        assertArrayEquals(DATA, decrypt(new byte[12], tag(message), ciphertext));
    }

    @Test
    void a_tag_may_come_with_the_last_part_alone() {
        start();
        MessageOutcome message = encrypt(given(new byte[12]));
        byte[] ciphertext = message.output().require();
        startDecrypting();
        messages.begin(session, OperationKind.MESSAGE_DECRYPT, given(new byte[12]), AAD);
        Output early = messages.next(
                        session,
                        OperationKind.MESSAGE_DECRYPT,
                        given(new byte[12]),
                        ciphertext,
                        Output.UNLIMITED,
                        false)
                .output();
        assertEquals(0, early.length());
        MessageParameters withTag = parameters(new byte[12], 0, 0, tag(message));
        assertArrayEquals(
                DATA,
                messages.next(session, OperationKind.MESSAGE_DECRYPT, withTag, NONE, Output.UNLIMITED, true)
                        .output()
                        .require());
    }

    @Test
    void counted_nonces_begin_at_zero_and_never_repeat_in_a_session() {
        byte[] fixed = HexFormat.of().parseHex("aabbccdd0000000000000000");
        MessageParameters counted = parameters(fixed, 32, Ckg.CKG_GENERATE_COUNTER, NONE);
        start();
        assertArrayEquals(fixed, encrypt(counted).nonce());
        assertArrayEquals(
                HexFormat.of().parseHex("aabbccdd0000000000000001"),
                encrypt(counted).nonce());
        messages.finish(session, OperationKind.MESSAGE_ENCRYPT);
        start();
        assertArrayEquals(
                HexFormat.of().parseHex("aabbccdd0000000000000002"),
                encrypt(counted).nonce());
    }

    @Test
    void counted_nonces_are_xored_into_the_first_nonce_given() {
        byte[] first = HexFormat.of().parseHex("aabbccdd0102030405060708");
        start();
        assertArrayEquals(
                first,
                encrypt(parameters(first, 32, Ckg.CKG_GENERATE_COUNTER_XOR, NONE))
                        .nonce());
        assertArrayEquals(
                HexFormat.of().parseHex("aabbccdd0102030405060709"),
                encrypt(parameters(first, 32, Ckg.CKG_GENERATE_COUNTER_XOR, NONE))
                        .nonce());
    }

    @Test
    void counted_nonces_end_before_they_repeat() {
        byte[] fixed = new byte[12];
        start();
        for (int i = 0; i < 4; i++) {
            encrypt(parameters(fixed, 94, Ckg.CKG_GENERATE_COUNTER, NONE));
        }
        assertFault(
                Fault.MECHANISM_PARAM_INVALID, () -> encrypt(parameters(fixed, 94, Ckg.CKG_GENERATE_COUNTER, NONE)));
    }

    @Test
    void random_nonces_keep_their_fixed_bits_and_differ() {
        byte[] fixed = HexFormat.of().parseHex("aabbccdd0000000000000000");
        start();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(HexFormat.of().formatHex(nonce(encrypt(parameters(fixed, 32, Ckg.CKG_GENERATE_RANDOM, NONE)))));
        }
        assertEquals(100, seen.size());
        assertEquals(
                Set.of("aabbccdd"),
                Set.copyOf(seen.stream().map(n -> n.substring(0, 8)).toList()));
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> encrypt(parameters(fixed, 64, Ckg.CKG_GENERATE_RANDOM, NONE)));
    }

    @Test
    void a_length_query_and_too_little_room_use_no_nonce_up() {
        MessageParameters counted = parameters(new byte[12], 0, Ckg.CKG_GENERATE_COUNTER, NONE);
        start();
        MessageOutcome query = messages.whole(session, OperationKind.MESSAGE_ENCRYPT, counted, AAD, DATA, Output.QUERY);
        assertNull(query.output().bytes());
        assertEquals(DATA.length, query.output().length());
        assertNull(messages.whole(session, OperationKind.MESSAGE_ENCRYPT, counted, AAD, DATA, DATA.length - 1)
                .output()
                .bytes());
        assertArrayEquals(new byte[12], encrypt(counted).nonce());
    }

    @Test
    void calls_out_of_their_order_are_refused_and_change_nothing() {
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> encrypt(given(new byte[12])));
        start();
        assertFault(Fault.OPERATION_ACTIVE, this::start);
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> next(DATA, true));
        messages.begin(session, OperationKind.MESSAGE_ENCRYPT, given(new byte[12]), AAD);
        assertFault(Fault.OPERATION_ACTIVE, () -> encrypt(given(new byte[12])));
        assertFault(Fault.OPERATION_ACTIVE, () -> messages.finish(session, OperationKind.MESSAGE_ENCRYPT));
        next(DATA, true);
        messages.finish(session, OperationKind.MESSAGE_ENCRYPT);
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> messages.finish(session, OperationKind.MESSAGE_ENCRYPT));
    }

    @Test
    void a_mechanism_without_messages_and_parameters_of_another_kind_are_refused() {
        assertFault(
                Fault.MECHANISM_INVALID, () -> messages.encryptInit(session, MechanismCall.of(Ckm.CKM_AES_CBC), key));
        start();
        assertFault(
                Fault.MECHANISM_PARAM_INVALID,
                () -> messages.whole(
                        session, OperationKind.MESSAGE_ENCRYPT, NoParameters.INSTANCE, AAD, DATA, Output.UNLIMITED));
    }
}
