// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon is killed while programs make keys: {@code make crash-daemon ROUNDS=200} does it more often. */
class KilledDaemonIT {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int KEYS_BEFORE_THE_KILL = 7;
    private static final String HASH = HexFormat.of().formatHex(new byte[32]);

    @TempDir
    Path folder;

    /** A program that makes keys until the daemon is gone. */
    private static final class Maker extends Thread {
        private final Host host;
        private final String name;
        private final CountDownLatch made = new CountDownLatch(KEYS_BEFORE_THE_KILL);
        private final List<String> acknowledged = new ArrayList<>();
        private String last = "CKR_OK";

        Maker(Host host, String name) {
            this.host = host;
            this.name = name;
        }

        @Override
        public void run() {
            for (int i = 0; last.equals("CKR_OK"); i++) {
                String label = name + "-" + i;
                last = host.call("generate", label).result();
                if (last.equals("CKR_OK")) {
                    acknowledged.add(label);
                    made.countDown();
                }
            }
        }
    }

    @Test
    void no_acknowledged_key_is_lost_and_programs_go_on_when_the_daemon_is_killed_under_load()
            throws InterruptedException {
        Home home = new Home(folder);
        home.newToken("killed");
        Daemon daemon = home.daemon();
        try (Host one = home.host();
                Host two = home.host()) {
            one.call("initialize").ok();
            two.call("initialize").ok();
            for (int round = 0; round < ROUNDS; round++) {
                List<Maker> makers =
                        List.of(new Maker(login(one), "one-" + round), new Maker(login(two), "two-" + round));
                makers.forEach(Thread::start);
                for (Maker maker : makers) {
                    maker.made.await();
                }
                daemon.kill();
                for (Maker maker : makers) {
                    maker.join();
                    assertEquals("CKR_DEVICE_REMOVED", maker.last);
                }
                daemon = home.daemon();
                for (Maker maker : makers) {
                    login(maker.host);
                    for (String label : maker.acknowledged) {
                        assertEquals(1, maker.host.find(Cka.CKA_LABEL, label.getBytes(UTF_8)), label);
                    }
                    assertEquals(128, maker.host.call("sign", HASH).ok().length());
                    assertTrue(maker.acknowledged.size() >= KEYS_BEFORE_THE_KILL);
                }
            }
        } finally {
            daemon.terminate();
        }
        home.ferrohsm("audit", "verify").succeeded();
    }

    private static Host login(Host host) {
        host.call("open", "0").ok();
        String result = host.call("login", "user", Home.PIN).result();
        assertTrue(List.of("CKR_OK", "CKR_USER_ALREADY_LOGGED_IN").contains(result), result);
        return host;
    }
}
