// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.service.GovernedToken.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.approval.RequestState;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalRaceTest {
    private static final int RUNTIMES = 4;
    private static final int THREADS = 8;
    private static final int ROUNDS = Integer.getInteger("ferrohsm.race.rounds", 10);

    @TempDir
    Path folder;

    @Test
    void threads_of_several_runtimes_that_race_for_an_approval_get_one_signature() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(RUNTIMES * THREADS);
        List<HsmFixture> others = new ArrayList<>();
        try (GovernedToken governed = new GovernedToken(folder)) {
            Session own = governed.user();
            governed.key(own, "signing", "release");
            List<Racer> racers = new ArrayList<>(racers(governed, governed.fixture));
            for (int i = 1; i < RUNTIMES; i++) {
                HsmFixture other = new HsmFixture(folder);
                others.add(other);
                racers.addAll(racers(governed, other));
            }
            for (int round = 0; round < ROUNDS; round++) {
                race(governed, racers, pool, "round " + round);
            }
        } finally {
            others.forEach(HsmFixture::close);
            pool.shutdownNow();
        }
    }

    private record Racer(HsmFixture fixture, Session session, long key) {}

    private static List<Racer> racers(GovernedToken governed, HsmFixture fixture) {
        List<Racer> racers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Session session =
                    i == 0 && fixture.application.sessions(governed.slot).isEmpty()
                            ? fixture.login(governed.slot)
                            : fixture.open(governed.slot);
            racers.add(new Racer(fixture, session, fixture.only(session, Cko.CKO_PRIVATE_KEY, "signing")));
        }
        return racers;
    }

    private static void race(GovernedToken governed, List<Racer> racers, ExecutorService pool, String data)
            throws Exception {
        Racer first = racers.get(0);
        UUID request = refused(() -> sign(first, data));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.bob);
        List<Callable<Boolean>> attempts = new ArrayList<>();
        racers.forEach(racer -> attempts.add(() -> signs(racer, data)));
        int signatures = 0;
        for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
            signatures += attempt.get() ? 1 : 0;
        }
        assertEquals(1, signatures, data);
        assertEquals(RequestState.CONSUMED, governed.request(request).state());
    }

    private static boolean signs(Racer racer, String data) {
        try {
            sign(racer, data);
            return true;
        } catch (HsmException e) {
            if (e.fault() != Fault.FUNCTION_REJECTED) {
                throw e;
            }
            return false;
        }
    }

    private static void sign(Racer racer, String data) {
        GovernedToken.sign(racer.fixture, racer.session, racer.key, data);
    }
}
