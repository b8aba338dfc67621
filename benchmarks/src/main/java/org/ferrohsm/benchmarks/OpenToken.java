// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;

/** A runtime over a new SQLite store with one token, logged in. */
final class OpenToken implements AutoCloseable {
    final HsmRuntime hsm;
    final Application application;
    final Session session;

    OpenToken() {
        Path folder = newFolder();
        hsm = HsmRuntime.open(HsmConfig.load(
                Map.of("HOME", folder.toString(), "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db"))));
        application = hsm.newApplication("benchmark");
        hsm.slots().initToken(application, 0, pin(), "benchmark");
        session = newSession();
        hsm.sessions().login(session, Cku.CKU_SO, pin());
        hsm.sessions().initPin(session, pin());
        hsm.sessions().logout(session);
        hsm.sessions().login(session, Cku.CKU_USER, pin());
    }

    /** Another session of the same application. */
    Session newSession() {
        return hsm.sessions().open(application, 0, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
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
