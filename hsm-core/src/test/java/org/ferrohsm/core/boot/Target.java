// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/** A token in memory that is attacked again and again; now and then a fresh one, whose audit log is empty. */
final class Target {
    private static final int ATTACKS = 2_000;
    private static final long READ_WRITE = Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION;

    private @Nullable Path folder;
    private @Nullable HsmRuntime hsm;
    private @Nullable Application application;
    private int attacks;

    /** Whether an attacker learns a sensitive key by these calls. */
    boolean leaks(Profile profile, Function<Profile, Policy> policies, List<Step> calls) {
        if (hsm == null || ++attacks % ATTACKS == 0) {
            renew(profile, policies);
        }
        HsmRuntime runtime = Objects.requireNonNull(hsm);
        Session session = runtime.sessions().open(Objects.requireNonNull(application), 0, READ_WRITE);
        try (Attacker attacker = new Attacker(runtime, session)) {
            return attacker.learnsFrom(calls);
        }
    }

    private void renew(Profile profile, Function<Profile, Policy> policies) {
        try {
            close();
            Path home = Files.createTempDirectory("target");
            folder = home;
            Map<String, String> environment = Map.of("HOME", home.toString(), "FERROHSM_STORE", "memory:");
            Map<String, String> cheap =
                    Map.of("pin.argon2.memory-kib", "19456", "pin.argon2.passes", "2", "pin.argon2.lanes", "1");
            HsmRuntime runtime = HsmRuntime.open(HsmConfig.load(environment, cheap), Clock.systemUTC(), policies);
            hsm = runtime;
            Application attacker = runtime.newApplication("attacker");
            application = attacker;
            runtime.slots().initToken(attacker, 0, pin(), "target", profile);
            Session session = runtime.sessions().open(attacker, 0, READ_WRITE);
            runtime.sessions().login(session, Cku.CKU_SO, pin());
            runtime.sessions().initPin(session, pin());
            runtime.sessions().logout(session);
            runtime.sessions().login(session, Cku.CKU_USER, pin());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SecretBytes pin() {
        return SecretBytes.adopt("12345678".getBytes(StandardCharsets.UTF_8));
    }

    void close() throws IOException {
        if (hsm != null) {
            hsm.close();
            hsm = null;
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            folder = null;
        }
    }
}
