// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLifeTest {
    private static final byte[] DATA = "data to be signed".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void a_stored_key_signs_after_a_restart_what_its_public_half_verifies() {
        long slot;
        try (HsmFixture first = new HsmFixture(folder)) {
            slot = first.newToken("one");
            first.ecPair(first.login(slot), "key", true);
        }
        try (HsmFixture second = new HsmFixture(folder)) {
            Session session = second.login(slot);
            CryptoService crypto = second.hsm.crypto();
            MechanismCall mechanism = MechanismCall.of(Ckm.CKM_ECDSA_SHA256);
            crypto.signInit(session, mechanism, second.only(session, Cko.CKO_PRIVATE_KEY, "key"));
            byte[] signature = crypto.sign(session, DATA, Output.UNLIMITED).require();
            crypto.verifyInit(session, mechanism, second.only(session, Cko.CKO_PUBLIC_KEY, "key"));
            crypto.verify(session, DATA, signature);
            assertEquals(64, signature.length);
        }
    }

    @Test
    void slots_keep_their_ids_when_tokens_are_added_and_a_free_one_follows() {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            long one = fixture.newToken("same");
            long two = fixture.newToken("same");
            assertArrayEquals(
                    new long[] {one, two, two + 1}, fixture.hsm.slots().slotIds(false));
            assertNotEquals(
                    fixture.hsm.slots().tokenInfo(fixture.application, one).serial(),
                    fixture.hsm.slots().tokenInfo(fixture.application, two).serial());
        }
        try (HsmFixture again = new HsmFixture(folder)) {
            assertArrayEquals(new long[] {0, 1, 2}, again.hsm.slots().slotIds(true));
        }
    }

    @Test
    void an_object_of_one_runtime_is_found_by_another_that_is_already_searching() {
        try (HsmFixture one = new HsmFixture(folder);
                HsmFixture other = new HsmFixture(folder)) {
            long slot = one.newToken("shared");
            Session here = one.login(slot);
            Session there = other.login(slot);
            Template keys =
                    Template.builder().put(Cka.CKA_CLASS, Cko.CKO_PRIVATE_KEY).build();
            assertEquals(0, other.hsm.objects().search(there, keys).length);
            long handle = one.ecPair(here, "key", true).privateKey();
            assertEquals(1, other.hsm.objects().search(there, keys).length);
            one.hsm.objects().destroy(here, handle);
            assertEquals(0, other.hsm.objects().search(there, keys).length);
        }
    }

    @Test
    void a_logout_ends_private_handles_and_session_objects() {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            long slot = fixture.newToken("one");
            Session session = fixture.login(slot);
            long stored = fixture.ecPair(session, "stored", true).privateKey();
            long held = fixture.ecPair(session, "held", false).privateKey();
            fixture.hsm.sessions().logout(session);
            assertEquals(
                    Cks.CKS_RW_PUBLIC_SESSION,
                    fixture.hsm.sessions().info(session).state());
            fixture.hsm.sessions().login(session, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN));
            MechanismCall mechanism = MechanismCall.of(Ckm.CKM_ECDSA);
            assertFault(Fault.KEY_HANDLE_INVALID, () -> fixture.hsm.crypto().signInit(session, mechanism, stored));
            assertFault(Fault.KEY_HANDLE_INVALID, () -> fixture.hsm.crypto().signInit(session, mechanism, held));
            assertNotEquals(stored, fixture.only(session, Cko.CKO_PRIVATE_KEY, "stored"));
        }
    }

    @Test
    void wrong_pins_lock_at_the_limit_and_the_so_unlocks() {
        try (HsmFixture fixture = new HsmFixture(folder, Map.of("pin.tries", "3"))) {
            long slot = fixture.newToken("one");
            Session session = fixture.open(slot);
            SessionService sessions = fixture.hsm.sessions();
            for (int i = 0; i < 3; i++) {
                assertFault(Fault.PIN_INCORRECT, () -> sessions.login(session, Cku.CKU_USER, HsmFixture.pin("wrong")));
            }
            assertFault(Fault.PIN_LOCKED, () -> sessions.login(session, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN)));
            sessions.login(session, Cku.CKU_SO, HsmFixture.pin(HsmFixture.SO_PIN));
            sessions.initPin(session, HsmFixture.pin("another"));
            sessions.logout(session);
            sessions.login(session, Cku.CKU_USER, HsmFixture.pin("another"));
            assertEquals(Cks.CKS_RW_USER_FUNCTIONS, sessions.info(session).state());
        }
    }

    @Test
    void a_short_buffer_keeps_the_operation_alive_and_an_error_ends_it() {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            Session session = fixture.login(fixture.newToken("one"));
            KeyPairHandles pair = fixture.ecPair(session, "key", false);
            CryptoService crypto = fixture.hsm.crypto();
            crypto.signInit(session, MechanismCall.of(Ckm.CKM_ECDSA_SHA256), pair.privateKey());
            assertEquals(Output.lengthOnly(64), crypto.sign(session, DATA, Output.QUERY));
            assertEquals(Output.lengthOnly(64), crypto.sign(session, DATA, 63));
            assertEquals(64, crypto.sign(session, DATA, 64).require().length);
            assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.sign(session, DATA, 64));
            crypto.verifyInit(session, MechanismCall.of(Ckm.CKM_ECDSA_SHA256), pair.publicKey());
            assertFault(Fault.SIGNATURE_INVALID, () -> crypto.verify(session, DATA, new byte[64]));
            assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> crypto.verify(session, DATA, new byte[64]));
        }
    }

    @Test
    void a_damaged_object_is_refused_and_recorded_once_and_the_others_can_be_used() throws Exception {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            Session session = fixture.login(fixture.newToken("one"));
            fixture.ecPair(session, "good", true);
            long bad = fixture.ecPair(session, "bad", true).privateKey();
            String id = fixture.hsm
                    .objects()
                    .read(session, bad, Cka.CKA_UNIQUE_ID)
                    .get(0)
                    .require()
                    .asText();
            damage(UUID.fromString(id));
            MechanismCall mechanism = MechanismCall.of(Ckm.CKM_ECDSA_SHA256);
            for (int i = 0; i < 2; i++) {
                Session fresh = fixture.open(session.slot());
                fixture.hsm.sessions().logout(fresh);
                fixture.hsm.sessions().login(fresh, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN));
                long again = fixture.only(fresh, Cko.CKO_PRIVATE_KEY, "bad");
                assertFault(Fault.DEVICE_ERROR, () -> fixture.hsm.crypto().signInit(fresh, mechanism, again));
                fixture.hsm.crypto().signInit(fresh, mechanism, fixture.only(fresh, Cko.CKO_PRIVATE_KEY, "good"));
            }
            assertEquals(1, recordsOfDamage(fixture));
        }
    }

    private void damage(UUID object) throws SQLException {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(object.getMostSignificantBits())
                .putLong(object.getLeastSignificantBits())
                .array();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                PreparedStatement flip =
                        store.prepareStatement("UPDATE object SET sealed = zeroblob(length(sealed)) WHERE id = ?")) {
            flip.setBytes(1, id);
            assertEquals(1, flip.executeUpdate());
        }
    }

    private static long recordsOfDamage(HsmFixture fixture) {
        return fixture.hsm.store().read(reader -> reader.audit(0, 1000)).stream()
                .filter(row -> new String(row.record(), ISO_8859_1).contains("OBJECT_DAMAGED"))
                .count();
    }
}
