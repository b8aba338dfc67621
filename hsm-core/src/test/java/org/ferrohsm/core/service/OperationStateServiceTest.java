// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved digests (PKCS#11 3.2 sections 5.6.6 and 5.6.7), and operations whose key goes away under them. */
class OperationStateServiceTest {
    private static final byte[] DATA = "what is digested".getBytes(StandardCharsets.US_ASCII);
    private static final MechanismCall SHA256 = MechanismCall.of(Ckm.CKM_SHA256);

    private HsmFixture fixture;
    private OperationStateService states;
    private CryptoService crypto;
    private Session session;
    private long slot;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        states = fixture.hsm.states();
        crypto = fixture.hsm.crypto();
        slot = fixture.newToken("states");
        session = fixture.login(slot);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private byte[] saved() {
        crypto.digestInit(session, SHA256);
        crypto.digestUpdate(session, Arrays.copyOf(DATA, 7));
        return states.save(session, Output.UNLIMITED).require();
    }

    private byte[] finish(Session which) {
        crypto.digestUpdate(which, Arrays.copyOfRange(DATA, 7, DATA.length));
        return crypto.digestFinal(which, Output.UNLIMITED).require();
    }

    @Test
    void a_saved_digest_goes_on_in_another_session_as_often_as_wanted_while_the_first_goes_on_too() {
        byte[] state = saved();
        Session other = fixture.open(slot);
        states.restore(other, state, 0, 0);
        byte[] digest = finish(other);
        assertArrayEquals(digest, finish(session));
        states.restore(other, state, 0, 0);
        assertArrayEquals(digest, finish(other));
    }

    @Test
    void a_restored_digest_is_one_in_parts() {
        byte[] state = saved();
        Session other = fixture.open(slot);
        states.restore(other, state, 0, 0);
        assertFault(Fault.OPERATION_ACTIVE, () -> crypto.digest(other, DATA, Output.UNLIMITED));
    }

    @Test
    void a_state_means_nothing_to_another_token_or_to_a_session_in_another_state() {
        byte[] state = saved();
        long elsewhere = fixture.newToken("elsewhere");
        Session foreign = fixture.login(elsewhere);
        assertFault(Fault.SAVED_STATE_INVALID, () -> states.restore(foreign, state, 0, 0));
        fixture.hsm.sessions().logout(session);
        assertFault(Fault.SAVED_STATE_INVALID, () -> states.restore(session, state, 0, 0));
    }

    @Test
    void a_length_query_saves_nothing_and_too_little_room_is_told_the_length() {
        crypto.digestInit(session, SHA256);
        int length = states.save(session, Output.QUERY).length();
        assertEquals(length, states.save(session, length - 1).length());
        assertEquals(length, states.save(session, length).require().length);
    }

    @Test
    void an_operation_whose_key_was_wiped_under_it_has_ended() {
        long key = fixture.aesKey(
                session, 32, Template.builder().put(Cka.CKA_SENSITIVE, false).put(Cka.CKA_EXTRACTABLE, true));
        crypto.digestInit(session, SHA256);
        session.access().open(key, Fault.KEY_HANDLE_INVALID).close();
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.digestKey(session, key));
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.digestFinal(session, Output.UNLIMITED));
    }
}
