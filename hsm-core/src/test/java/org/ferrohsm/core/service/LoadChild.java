// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;

/**
 * A process that uses, makes and destroys keys in several threads, tells of each result as soon as it has it ({@code sign
 * SESSION}, {@code made SESSION}, {@code destroyed SESSION}), and never ends.
 */
final class LoadChild {
    /** So small that leases are opened and closed all the time. */
    static final int LEASE_USES = 20;

    private static final int THREADS = 3;

    private LoadChild() {}

    /** Arguments: the folder, {@code lease} or {@code per-use}. */
    public static void main(String[] arguments) throws InterruptedException {
        HsmFixture fixture = open(Path.of(arguments[0]), arguments[1]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Session session = i == 0 ? fixture.login(0) : fixture.open(0);
            Thread thread = new Thread(() -> work(fixture, session));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static HsmFixture open(Path folder, String mode) {
        return new HsmFixture(folder, Map.of("audit.mode", mode, "audit.lease.uses", Integer.toString(LEASE_USES)));
    }

    private static void work(HsmFixture fixture, Session session) {
        for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
            KeyPairHandles pair = fixture.ecPair(session, "k" + round, true);
            tell("made", session);
            for (int i = 0; i < 30; i++) {
                fixture.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_ECDSA), pair.privateKey());
                fixture.hsm.crypto().sign(session, new byte[32], Output.UNLIMITED);
                tell("sign", session);
            }
            fixture.hsm.objects().destroy(session, pair.privateKey());
            tell("destroyed", session);
        }
    }

    /** One write for each line, so that a line is whole or is not there. */
    @SuppressWarnings("SystemOut")
    private static void tell(String what, Session session) {
        System.out.print(what + " " + session.handle() + "\n");
        System.out.flush();
    }
}
