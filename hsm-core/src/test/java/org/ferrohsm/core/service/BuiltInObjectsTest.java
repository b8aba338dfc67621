// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that the token makes: mechanisms, profiles, validations (PKCS#11 3.2 sections 4.12 to 4.14). */
class BuiltInObjectsTest {
    private static final Template MECHANISMS =
            Template.builder().put(Cka.CKA_CLASS, Cko.CKO_MECHANISM).build();

    private HsmFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Session token(Profile profile) {
        return fixture.login(fixture.newToken("objects", profile));
    }

    private AttributeValue reading(Session session, long object, long type) {
        return fixture.hsm.objects().read(session, object, type).get(0).require();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void there_is_an_object_for_each_mechanism_that_the_token_serves(Profile profile) {
        Session session = token(profile);
        long[] objects = fixture.hsm.objects().search(session, MECHANISMS);
        long[] types = Arrays.stream(objects)
                .map(object -> reading(session, object, Cka.CKA_MECHANISM_TYPE).asLong())
                .toArray();
        assertArrayEquals(fixture.hsm.slots().mechanisms(session.slot()), types);
    }

    @Test
    void only_a_search_for_their_class_finds_the_objects_of_mechanisms() {
        Session session = token(Profile.DEFAULT);
        for (long object : fixture.hsm.objects().search(session, Template.EMPTY)) {
            assertEquals(
                    Cko.CKO_PROFILE, reading(session, object, Cka.CKA_CLASS).asLong());
        }
        Template type =
                Template.builder().put(Cka.CKA_MECHANISM_TYPE, Ckm.CKM_AES_GCM).build();
        assertEquals(0, fixture.hsm.objects().search(session, type).length);
        Template both = type.toBuilder().put(Cka.CKA_CLASS, Cko.CKO_MECHANISM).build();
        assertEquals(1, fixture.hsm.objects().search(session, both).length);
    }

    @Test
    void nobody_changes_copies_or_destroys_the_object_of_a_mechanism() {
        Session session = token(Profile.DEFAULT);
        ObjectService objects = fixture.hsm.objects();
        long object = objects.search(session, MECHANISMS)[0];
        Template label = Template.builder().put(Cka.CKA_LABEL, "mine").build();
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.change(session, object, label));
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.copy(session, object, label));
        assertFault(Fault.ACTION_PROHIBITED, () -> objects.destroy(session, object));
    }

    @Test
    void no_object_and_no_flag_claims_a_validation() {
        Session session = token(Profile.STRICT);
        Template validations =
                Template.builder().put(Cka.CKA_CLASS, Cko.CKO_VALIDATION).build();
        assertEquals(0, fixture.hsm.objects().search(session, validations).length);
        assertEquals(0, fixture.hsm.sessions().validationFlags(session, Cks.CKS_LAST_VALIDATION_OK));
    }
}
