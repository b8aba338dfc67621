// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReinitialisedTokenTest {
    @TempDir
    Path folder;

    private HsmFixture here;
    private HsmFixture elsewhere;
    private long slot;

    @BeforeEach
    void two_runtimes_share_a_store() {
        here = new HsmFixture(folder);
        slot = here.newToken("shared");
        elsewhere = new HsmFixture(folder);
    }

    @AfterEach
    void close() {
        elsewhere.close();
        here.close();
    }

    private void reinitialise(Profile profile) {
        elsewhere
                .hsm
                .slots()
                .initToken(elsewhere.application, slot, HsmFixture.pin(HsmFixture.SO_PIN), "anew", profile);
    }

    private static Template data(boolean isPrivate) {
        return Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_DATA)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, "d")
                .put(Cka.CKA_PRIVATE, isPrivate)
                .build();
    }

    @Test
    void whoever_was_logged_in_is_so_no_more_and_writes_nothing() {
        Session session = here.login(slot);
        reinitialise(Profile.DEFAULT);
        assertFault(Fault.USER_NOT_LOGGED_IN, () -> here.hsm.objects().create(session, data(true)));
        assertEquals(
                Cks.CKS_RW_PUBLIC_SESSION, here.hsm.sessions().info(session).state());
        assertEquals(
                0,
                here.hsm
                        .store()
                        .<Long>read(
                                reader -> reader.countObjects(session.access().token())));
        assertFault(
                Fault.USER_PIN_NOT_INITIALIZED,
                () -> here.hsm.sessions().login(session, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN)));
    }

    @Test
    void an_so_of_before_sets_no_pin() {
        Session session = here.open(slot);
        here.hsm.sessions().login(session, Cku.CKU_SO, HsmFixture.pin(HsmFixture.SO_PIN));
        reinitialise(Profile.DEFAULT);
        assertFault(
                Fault.USER_NOT_LOGGED_IN, () -> here.hsm.sessions().initPin(session, HsmFixture.pin(HsmFixture.PIN)));
    }

    @Test
    void the_new_profile_holds_in_processes_that_knew_the_old_one() {
        Session session = here.open(slot);
        reinitialise(Profile.STRICT);
        assertEquals(Profile.STRICT, here.hsm.slots().profile(slot));
        assertFault(
                Fault.TEMPLATE_INCONSISTENT,
                () -> here.hsm
                        .objects()
                        .create(
                                session,
                                Template.builder()
                                        .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                        .put(Cka.CKA_KEY_TYPE, 0x1fL)
                                        .put(Cka.CKA_PRIVATE, false)
                                        .put(Cka.CKA_VALUE, new byte[32])
                                        .put(Cka.CKA_SIGN, true)
                                        .put(Cka.CKA_ENCRYPT, true)
                                        .build()));
    }

    @Test
    void an_older_row_of_the_token_weakens_no_key() {
        Session session = here.open(slot);
        TokenRow weaker = here.hsm
                .store()
                .<TokenRow>read(reader -> reader.token(session.access().token()).orElseThrow());
        reinitialise(Profile.STRICT);
        here.hsm.objects().create(session, data(false));
        here.hsm.store().write(tx -> {
            tx.updateToken(weaker);
            return true;
        });
        assertEquals(Profile.DEFAULT, here.hsm.slots().profile(slot));
        long object = here.only(session, Cko.CKO_DATA, "d");
        assertFault(Fault.DEVICE_ERROR, () -> here.hsm.objects().read(session, object, Cka.CKA_LABEL));
    }
}
