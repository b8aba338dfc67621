// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;

/** A runtime over a SQLite store with one token, logged in. */
final class OpenToken implements AutoCloseable {
    private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};

    final HsmRuntime hsm;
    final Application application;
    final Session session;

    /** With a new store. */
    OpenToken() {
        this(newFolder(), Map.of(), true);
    }

    /** With a new store and one setting. */
    OpenToken(String setting, String value) {
        this(newFolder(), Map.of(setting, value), true);
    }

    /** With the store in a folder, which is made if {@code isNew}. */
    OpenToken(Path folder, boolean isNew) {
        this(folder, Map.of(), isNew);
    }

    private OpenToken(Path folder, Map<String, String> settings, boolean isNew) {
        hsm = HsmRuntime.open(HsmConfig.load(
                Map.of("HOME", folder.toString(), "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db")), settings));
        application = hsm.newApplication("benchmark");
        if (isNew) {
            hsm.slots().initToken(application, 0, pin(), "benchmark");
        }
        session = newSession();
        if (isNew) {
            hsm.sessions().login(session, Cku.CKU_SO, pin());
            hsm.sessions().initPin(session, pin());
            hsm.sessions().logout(session);
        }
        hsm.sessions().login(session, Cku.CKU_USER, pin());
    }

    /** Another session of the same application. */
    Session newSession() {
        return hsm.sessions().open(application, 0, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
    }

    /** A new P-256 key; gives the private key's handle. */
    long p256() {
        return hsm.keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_EC_KEY_PAIR_GEN),
                        Template.builder().put(Cka.CKA_EC_PARAMS, P256).build(),
                        Template.EMPTY)
                .privateKey();
    }

    private static SecretBytes pin() {
        return SecretBytes.adopt("benchmark".getBytes(StandardCharsets.UTF_8));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("ferrohsm-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hsm.close();
    }
}
