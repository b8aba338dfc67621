// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;

/** A process that appends from several threads, prints the number of each record once it is durable, and never ends. */
final class AppendingChild {
    private AppendingChild() {}

    /** Arguments: the store's URL and the folder for the key file. */
    public static void main(String[] arguments) throws InterruptedException {
        TokenStore store = Stores.open(arguments[0]);
        AuditLog log = AuditLog.open(store, AuditFixture.settings(Path.of(arguments[1])));
        new UsageLeases(log, LeaseTerms.DEFAULT, System::nanoTime).acquire(AuditFixture.leaseKey(1));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    System.out.println(log.append(AuditFixture.login()));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
