// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectServiceTest {
    @TempDir
    Path folder;

    private HsmFixture fixture;
    private Session session;
    private ObjectService objects;

    @BeforeEach
    void log_in_to_a_new_token() {
        fixture = new HsmFixture(folder);
        session = fixture.login(fixture.newToken("one"));
        objects = fixture.hsm.objects();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Template.Builder data(String label) {
        return Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_DATA)
                .put(Cka.CKA_LABEL, label)
                .put(Cka.CKA_VALUE, new byte[] {1, 2, 3});
    }

    private static Template.Builder secret() {
        return Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .put(Cka.CKA_VALUE, new byte[32]);
    }

    private AttributeReading read(long handle, long type) {
        return objects.read(session, handle, type).get(0);
    }

    @Test
    void what_is_created_is_read_back_and_what_is_sensitive_is_not() {
        long data = objects.create(session, data("d").put(Cka.CKA_TOKEN, true).build());
        assertArrayEquals(
                new byte[] {1, 2, 3}, read(data, Cka.CKA_VALUE).require().asBytes());
        long key = objects.create(session, secret().build());
        assertEquals(AttributeReading.State.SENSITIVE, read(key, Cka.CKA_VALUE).state());
        assertEquals(32, read(key, Cka.CKA_VALUE_LEN).require().asLong());
        assertEquals(AttributeReading.State.ABSENT, read(key, Cka.CKA_MODULUS).state());
        long open = objects.create(
                session,
                secret().put(Cka.CKA_SENSITIVE, false)
                        .put(Cka.CKA_EXTRACTABLE, true)
                        .build());
        assertEquals(AttributeReading.State.PRESENT, read(open, Cka.CKA_VALUE).state());
    }

    @Test
    void a_template_that_cannot_be_meant_gets_the_code_of_the_specification() {
        Template noClass = Template.builder().put(Cka.CKA_LABEL, "x").build();
        assertFault(Fault.TEMPLATE_INCOMPLETE, () -> objects.create(session, noClass));
        assertFault(
                Fault.ATTRIBUTE_TYPE_INVALID,
                () -> objects.create(
                        session, data("d").put(Cka.CKA_MODULUS, new byte[1]).build()));
        assertFault(
                Fault.ATTRIBUTE_VALUE_INVALID,
                () -> objects.create(
                        session, data("d").put(Cka.CKA_TOKEN, new byte[3]).build()));
        assertFault(
                Fault.ATTRIBUTE_READ_ONLY,
                () -> objects.create(session, secret().put(Cka.CKA_LOCAL, true).build()));
        assertFault(
                Fault.ATTRIBUTE_READ_ONLY,
                () -> objects.create(
                        session, secret().put(Cka.CKA_TRUSTED, true).build()));
        assertFault(
                Fault.TEMPLATE_INCONSISTENT,
                () -> objects.create(
                        session, secret().put(Cka.CKA_VALUE_LEN, 16L).build()));
    }

    @Test
    void what_has_become_sensitive_stays_so_in_change_and_in_copy() {
        long key = objects.create(
                session,
                secret().put(Cka.CKA_SENSITIVE, false)
                        .put(Cka.CKA_EXTRACTABLE, true)
                        .build());
        Template sensitive = Template.builder().put(Cka.CKA_SENSITIVE, true).build();
        Template open = Template.builder().put(Cka.CKA_SENSITIVE, false).build();
        objects.change(session, key, sensitive);
        assertEquals(AttributeReading.State.SENSITIVE, read(key, Cka.CKA_VALUE).state());
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> objects.change(session, key, open));
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> objects.copy(session, key, open));
    }

    @Test
    void a_change_of_a_stored_object_is_seen_by_searches_and_a_copy_is_another_object() {
        long data =
                objects.create(session, data("before").put(Cka.CKA_TOKEN, true).build());
        Template after = Template.builder().put(Cka.CKA_LABEL, "after").build();
        objects.change(session, data, after);
        assertArrayEquals(new long[] {data}, objects.search(session, after));
        long copy = objects.copy(session, data, Template.EMPTY);
        assertNotEquals(
                read(data, Cka.CKA_UNIQUE_ID).require().asText(),
                read(copy, Cka.CKA_UNIQUE_ID).require().asText());
        assertEquals(2, objects.search(session, after).length);
    }

    @Test
    void flags_forbid_change_copy_and_destruction() {
        long data = objects.create(
                session,
                data("d")
                        .put(Cka.CKA_MODIFIABLE, false)
                        .put(Cka.CKA_COPYABLE, false)
                        .put(Cka.CKA_DESTROYABLE, false)
                        .build());
        Template label = Template.builder().put(Cka.CKA_LABEL, "x").build();
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.change(session, data, label));
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.copy(session, data, Template.EMPTY));
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.destroy(session, data));
    }

    @Test
    void a_read_only_session_makes_no_stored_object_and_the_public_no_private_one() {
        Session readOnly = fixture.hsm.sessions().open(fixture.application, session.slot(), Ckf.CKF_SERIAL_SESSION);
        assertFault(
                Fault.SESSION_READ_ONLY,
                () -> objects.create(
                        readOnly, data("d").put(Cka.CKA_TOKEN, true).build()));
        fixture.hsm.sessions().logout(session);
        assertFault(
                Fault.USER_NOT_LOGGED_IN,
                () -> objects.create(session, data("d").build()));
        assertNotEquals(
                0, objects.create(session, data("d").put(Cka.CKA_PRIVATE, false).build()));
    }

    @Test
    void searches_combine_indexed_and_other_attributes() {
        long one = objects.create(
                session,
                data("same")
                        .put(Cka.CKA_TOKEN, true)
                        .put(Cka.CKA_APPLICATION, "a")
                        .build());
        objects.create(
                session,
                data("same")
                        .put(Cka.CKA_TOKEN, true)
                        .put(Cka.CKA_APPLICATION, "b")
                        .build());
        objects.create(session, data("same").put(Cka.CKA_APPLICATION, "a").build());
        Template template = Template.builder()
                .put(Cka.CKA_LABEL, "same")
                .put(Cka.CKA_APPLICATION, "a")
                .put(Cka.CKA_TOKEN, true)
                .build();
        assertArrayEquals(new long[] {one}, objects.search(session, template));
        Template byValue =
                Template.builder().put(Cka.CKA_VALUE, new byte[] {1, 2, 3}).build();
        assertEquals(3, objects.search(session, byValue).length);
    }

    @Test
    void a_search_gives_its_results_in_pieces_and_must_be_ended() {
        for (int i = 0; i < 5; i++) {
            objects.create(session, data("piece").build());
        }
        Template template = Template.builder().put(Cka.CKA_LABEL, "piece").build();
        objects.findInit(session, template);
        assertFault(Fault.OPERATION_ACTIVE, () -> objects.findInit(session, template));
        assertEquals(3, objects.find(session, 3).length);
        assertEquals(2, objects.find(session, 3).length);
        assertEquals(0, objects.find(session, 3).length);
        objects.findFinal(session);
        assertFault(Fault.OPERATION_NOT_INITIALIZED, () -> objects.find(session, 1));
    }

    @Test
    void a_secret_that_may_not_be_read_cannot_be_found_by_guessing_it() {
        objects.create(session, secret().put(Cka.CKA_LABEL, "hidden").build());
        Template guess = Template.builder().put(Cka.CKA_VALUE, new byte[32]).build();
        assertEquals(0, objects.search(session, guess).length);
    }

    @Test
    void session_objects_end_with_their_session_and_are_seen_by_others_until_then() {
        Session other = fixture.open(session.slot());
        long data = objects.create(other, data("gone").build());
        assertEquals(AttributeValue.of("gone"), read(data, Cka.CKA_LABEL).value());
        fixture.hsm.sessions().close(other);
        assertFault(Fault.OBJECT_HANDLE_INVALID, () -> read(data, Cka.CKA_LABEL));
    }

    @Test
    void handles_of_another_application_mean_nothing() {
        long data = objects.create(session, data("d").put(Cka.CKA_TOKEN, true).build());
        var stranger = fixture.hsm.newApplication("stranger");
        Session theirs = fixture.hsm.sessions().open(stranger, session.slot(), Ckf.CKF_SERIAL_SESSION);
        assertFault(Fault.OBJECT_HANDLE_INVALID, () -> objects.size(theirs, data));
        assertFault(Fault.SESSION_HANDLE_INVALID, () -> fixture.hsm.sessions().require(stranger, session.handle()));
    }

    @Test
    void a_key_does_only_what_its_attributes_permit() {
        KeyPairHandles pair = fixture.ecPair(session, "k", false);
        objects.change(
                session,
                pair.privateKey(),
                Template.builder().put(Cka.CKA_SIGN, false).build());
        assertFault(
                Fault.KEY_FUNCTION_NOT_PERMITTED,
                () -> fixture.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_ECDSA), pair.privateKey()));
        assertFault(
                Fault.KEY_TYPE_INCONSISTENT,
                () -> fixture.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_RSA_PKCS), pair.privateKey()));
        assertFault(
                Fault.MECHANISM_INVALID,
                () -> fixture.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_SHA256), pair.privateKey()));
    }
}
