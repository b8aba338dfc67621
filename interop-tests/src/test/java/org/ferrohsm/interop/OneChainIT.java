// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes through every door is one audit log, and what is done to the log is noticed. */
class OneChainIT {
    private static final int SAMPLES = 8;

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void uses_through_every_door() {
        home = new Home(folder);
        home.newToken("chained");
        home.write("pin", Home.PIN.getBytes(StandardCharsets.UTF_8));
        home.write("text", "text".getBytes(StandardCharsets.UTF_8));
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--label", "from-c")
                .succeeded();
        home.asUser("--sign", "-m", "ECDSA-SHA256", "-d", "01", "-i", "text", "-o", "signature")
                .succeeded();
        home.pkcs11Tool("--slot", "0", "--login", "--pin", "wrong-pin", "-O").failed();
        home.ferrohsm(
                        "key",
                        "generate",
                        "--token",
                        "chained",
                        "--pin",
                        "file:pin",
                        "--type",
                        "aes:256",
                        "--label",
                        "from-cli")
                .succeeded();
        try (HsmRuntime hsm = home.runtime()) {
            Application application = hsm.newApplication("a Java program");
            Session session = hsm.sessions().open(application, 0, Ckf.CKF_SERIAL_SESSION);
            hsm.sessions().login(session, Cku.CKU_USER, Home.pin(Home.PIN));
        }
    }

    @Test
    void the_log_shows_them_all_and_is_verified() {
        home.ferrohsm("audit", "verify").succeeded();
        Outcome log = home.ferrohsm("audit", "show").succeeded();
        for (String part : new String[] {
            "pkcs11-tool",
            "actor=cli ",
            "a Java program",
            "CKM_ECDSA_SHA256",
            "CKM_EC_KEY_PAIR_GEN",
            "CKM_AES_KEY_GEN",
            "PIN_INCORRECT"
        }) {
            log.says(part);
        }
    }

    @Test
    void a_flipped_byte_in_any_record_is_found_and_its_record_is_named() {
        Random random = new Random(20261101);
        try (Store store = new Store(home.store())) {
            int records = store.column("SELECT seq FROM audit").size();
            assertTrue(records > 5);
            for (int i = 0; i < SAMPLES; i++) {
                int seq = random.nextInt(records);
                String column = i % 3 == 2 ? "mac" : "record";
                int length = ((byte[]) store.column("SELECT " + column + " FROM audit WHERE seq = " + seq)
                                .get(0))
                        .length;
                int index = random.nextInt(length);
                store.flip("audit", column, seq, index);
                Outcome verdict = home.ferrohsm("audit", "verify").failed();
                assertTrue(
                        (verdict.text() + verdict.errors()).matches("(?s).*\\brecord (number )?" + seq + "\\b.*"),
                        () -> "byte " + index + " of " + column + " " + seq + ": " + verdict);
                store.flip("audit", column, seq, index);
            }
        }
        assertEquals(0, home.ferrohsm("audit", "verify").exit());
    }

    @Test
    void a_record_taken_away_is_found() {
        try (Store store = new Store(home.store())) {
            store.change("DELETE FROM audit WHERE seq = ?", 4);
        }
        home.ferrohsm("audit", "verify").failed().says("4");
    }
}
