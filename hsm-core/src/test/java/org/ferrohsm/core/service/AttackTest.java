// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A token of each profile to attack as docs/profiles.md says. */
abstract class AttackTest {
    @TempDir
    Path folder;

    HsmFixture fixture;
    Session session;

    private final Map<Profile, Session> sessions = new EnumMap<>(Profile.class);

    @BeforeEach
    final void open() {
        fixture = new HsmFixture(folder);
        use(Profile.DEFAULT);
    }

    @AfterEach
    final void close() {
        fixture.close();
    }

    /** Goes on in the token of this profile. */
    final void use(Profile profile) {
        session =
                sessions.computeIfAbsent(profile, wanted -> fixture.login(fixture.newToken(wanted.toString(), wanted)));
    }

    static Template.Builder uses(long... uses) {
        Template.Builder template = Template.builder();
        for (long use : uses) {
            template.put(use, true);
        }
        return template;
    }

    final long aes(int bytes, Template.Builder template) {
        return fixture.aesKey(session, bytes, template);
    }

    static MechanismCall oaepCall() {
        return new MechanismCall(
                Ckm.CKM_RSA_PKCS_OAEP, new OaepParameters(Ckm.CKM_SHA256, Ckg.CKG_MGF1_SHA256, 1, new byte[0]));
    }
}
