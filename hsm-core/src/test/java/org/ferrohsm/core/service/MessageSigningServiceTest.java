// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures of many messages (PKCS#11 3.2 sections 5.14 and 5.16), and signatures given before the data (5.15.7). */
class MessageSigningServiceTest {
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final MechanismCall ECDSA = MechanismCall.of(Ckm.CKM_ECDSA_SHA256);
    private static final NoParameters NONE = NoParameters.INSTANCE;

    private HsmFixture fixture;
    private MessageSigningService messages;
    private CryptoService crypto;
    private Session session;
    private KeyPairHandles pair;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        messages = fixture.hsm.messageSigning();
        crypto = fixture.hsm.crypto();
        session = fixture.login(fixture.newToken("messages"));
        pair = fixture.ecPair(session, "ec", false);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private byte[] signature() {
        crypto.signInit(session, ECDSA, pair.privateKey());
        return crypto.sign(session, DATA, Output.UNLIMITED).require();
    }

    private static byte[] wrong(byte[] signature) {
        byte[] other = signature.clone();
        other[7] ^= 1;
        return other;
    }

    @Test
    void one_process_signs_several_messages_whole_and_in_parts() {
        messages.signInit(session, ECDSA, pair.privateKey());
        assertEquals(64, messages.sign(session, NONE, DATA, Output.QUERY).length());
        byte[] whole = messages.sign(session, NONE, DATA, 64).require();
        messages.signBegin(session, NONE);
        assertFault(Fault.OPERATION_ACTIVE, () -> messages.sign(session, NONE, DATA, 64));
        messages.signNext(session, NONE, Arrays.copyOf(DATA, 4));
        assertEquals(
                64, messages.signLast(session, NONE, new byte[0], Output.QUERY).length());
        byte[] parts = messages.signLast(session, NONE, Arrays.copyOfRange(DATA, 4, DATA.length), 64)
                .require();
        messages.finish(session, OperationKind.MESSAGE_SIGN);

        messages.verifyInit(session, ECDSA, pair.publicKey());
        messages.verify(session, NONE, DATA, whole);
        messages.verifyBegin(session, NONE);
        messages.verifyNext(session, NONE, Arrays.copyOf(DATA, 9));
        messages.verifyLast(session, NONE, Arrays.copyOfRange(DATA, 9, DATA.length), parts);
        messages.finish(session, OperationKind.MESSAGE_VERIFY);
    }

    @Test
    void a_wrong_signature_ends_its_message_and_not_the_process() {
        byte[] signature = signature();
        messages.verifyInit(session, ECDSA, pair.publicKey());
        assertFault(Fault.SIGNATURE_INVALID, () -> messages.verify(session, NONE, DATA, wrong(signature)));
        messages.verifyBegin(session, NONE);
        assertFault(Fault.SIGNATURE_INVALID, () -> messages.verifyLast(session, NONE, DATA, wrong(signature)));
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> messages.verifyNext(session, NONE, DATA));
        messages.verify(session, NONE, DATA, signature);
    }

    @Test
    void a_message_to_sign_takes_no_parameter_and_a_digest_signs_no_message() {
        messages.signInit(session, ECDSA, pair.privateKey());
        assertFault(
                Fault.MECHANISM_PARAM_INVALID, () -> messages.sign(session, new RawParameters(new byte[1]), DATA, 64));
        messages.finish(session, OperationKind.MESSAGE_SIGN);
        assertFault(
                Fault.MECHANISM_INVALID,
                () -> messages.signInit(session, MechanismCall.of(Ckm.CKM_SHA256), pair.privateKey()));
        assertFault(Fault.KEY_FUNCTION_NOT_PERMITTED, () -> messages.signInit(session, ECDSA, pair.publicKey()));
    }

    @Test
    void a_signature_given_first_is_checked_against_the_data_that_follow() {
        byte[] signature = signature();
        crypto.verifySignatureInit(session, ECDSA, pair.publicKey(), signature);
        crypto.verifySignature(session, DATA);
        crypto.verifySignatureInit(session, ECDSA, pair.publicKey(), signature);
        crypto.verifySignatureUpdate(session, Arrays.copyOf(DATA, 3));
        assertFault(Fault.OPERATION_ACTIVE, () -> crypto.verifySignature(session, DATA));
        crypto.verifySignatureUpdate(session, Arrays.copyOfRange(DATA, 3, DATA.length));
        crypto.verifySignatureFinal(session);
        crypto.verifySignatureInit(session, ECDSA, pair.publicKey(), wrong(signature));
        assertFault(Fault.SIGNATURE_INVALID, () -> crypto.verifySignature(session, DATA));
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.verifySignatureFinal(session));
    }

    @Test
    void a_verification_is_continued_only_by_the_functions_of_its_init() {
        byte[] signature = signature();
        crypto.verifySignatureInit(session, ECDSA, pair.publicKey(), signature);
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.verify(session, DATA, signature));
        assertFault(Fault.OPERATION_ACTIVE, () -> crypto.verifyInit(session, ECDSA, pair.publicKey()));
        crypto.verifySignature(session, DATA);
    }
}
