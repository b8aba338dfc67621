// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HexFormat;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process makes, changes and removes is seen by others that were running before. */
class LiveProcessesIT {
    private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};
    private static final String HASH = HexFormat.of().formatHex(new byte[32]);

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token() {
        home = new Home(folder);
        home.newToken("live");
    }

    @Test
    void a_running_c_program_finds_and_uses_a_key_that_another_one_makes() {
        try (Host first = home.host().loggedIn(0);
                Host second = home.host().loggedIn(0)) {
            assertEquals(0, first.find(Cka.CKA_LABEL, "made".getBytes(UTF_8)));
            second.call("generate", "made").ok();
            assertEquals(1, first.find(Cka.CKA_LABEL, "made".getBytes(UTF_8)));
            assertEquals(128, first.call("sign", HASH).ok().length());
        }
    }

    @Test
    void a_running_c_program_no_longer_uses_a_key_that_another_one_deletes() {
        try (Host host = home.host().loggedIn(0)) {
            host.call("generate", "gone").ok();
            assertEquals(128, host.call("sign", HASH).ok().length());
            home.asUser("--delete-object", "--type", "privkey", "--label", "gone")
                    .succeeded();
            assertEquals("CKR_KEY_HANDLE_INVALID", host.call("sign", HASH).result());
            assertEquals(0, host.find(Cka.CKA_LABEL, "gone".getBytes(UTF_8)));
        }
    }

    @Test
    void a_running_c_program_finds_and_uses_a_key_that_java_makes() {
        try (HsmRuntime hsm = home.runtime();
                Host host = home.host().loggedIn(0)) {
            assertEquals(0, host.find(Cka.CKA_LABEL, "java".getBytes(UTF_8)));
            Template.Builder publicKey =
                    Template.builder().put(Cka.CKA_TOKEN, true).put(Cka.CKA_EC_PARAMS, P256);
            hsm.keys()
                    .generatePair(
                            login(hsm),
                            MechanismCall.of(Ckm.CKM_EC_KEY_PAIR_GEN),
                            publicKey.build(),
                            labelled("java").put(Cka.CKA_TOKEN, true).build());
            assertEquals(1, host.find(Cka.CKA_LABEL, "java".getBytes(UTF_8)));
            assertEquals(128, host.call("sign", HASH).ok().length());
        }
    }

    @Test
    void running_java_finds_and_uses_a_key_that_a_c_program_makes() {
        try (HsmRuntime hsm = home.runtime();
                Host host = home.host().loggedIn(0)) {
            Session session = login(hsm);
            assertEquals(0, hsm.objects().search(session, labelled("c").build()).length);
            host.call("generate", "c").ok();
            long[] found = hsm.objects().search(session, labelled("c").build());
            assertEquals(1, found.length);
            hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_ECDSA), found[0]);
            assertEquals(
                    64,
                    hsm.crypto().sign(session, new byte[32], Output.UNLIMITED).length());
        }
    }

    @Test
    void a_token_made_beside_a_running_program_appears_in_its_slots() {
        try (Host host = home.host()) {
            host.call("initialize").ok();
            long slot = home.newToken("second");
            assertEquals(
                    1,
                    host.call("slots")
                            .ok()
                            .lines()
                            .filter(line -> line.contains(slot + "=second:"))
                            .count());
        }
    }

    private static Template.Builder labelled(String label) {
        return Template.builder().put(Cka.CKA_LABEL, label);
    }

    private static Session login(HsmRuntime hsm) {
        Session session = hsm.sessions()
                .open(hsm.newApplication("a Java program"), 0, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
        hsm.sessions().login(session, Cku.CKU_USER, Home.pin(Home.PIN));
        return session;
    }
}
