// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.LeaseKey;
import org.ferrohsm.core.audit.LeaseTerms;
import org.ferrohsm.core.audit.UsageLeases;
import org.ferrohsm.core.audit.VerifyReport;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.service.AuditEvidence;
import org.ferrohsm.core.session.Session;

/** What the audit log costs, on SQLite: a lease, a durable record for each use, and verification. Prints a line for each. */
public final class AuditRates {
    private static final int THREADS = 16;
    private static final int RECORDS = 500_000;
    private static final int BATCH = 500;
    private static final long NANOS_EACH = 5_000_000_000L;

    private AuditRates() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        verification();
        leased();
        perUse();
    }

    private static void print(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-48s %,12.2f %s%n", what, value, unit);
    }

    /** What a lease takes of a P-256 signature. */
    private static void leased() {
        try (OpenToken token = new OpenToken()) {
            long key = token.p256();
            UsageLeases leases = new UsageLeases(token.hsm.auditLog(), LeaseTerms.DEFAULT, System::nanoTime);
            LeaseKey lease = new LeaseKey(
                    "benchmark",
                    token.session.handle(),
                    token.session.access().token(),
                    token.session.access().token(),
                    1,
                    AuditAction.SIGN,
                    Ckm.CKM_ECDSA);
            double sign = 0;
            double acquire = 0;
            for (int pass = 0; pass < 3; pass++) {
                sign = secondsEach(() -> sign(token, token.session, key));
                acquire = secondsEach(() -> leases.acquire(lease).used());
            }
            leases.closeAll();
            print("a use under a lease", acquire * 1e9, "ns");
            print("that is, of a P-256 signature", 100 * acquire / sign, "%");
            print("a P-256 signature with it", sign * 1e6, "us");
        }
    }

    private static double secondsEach(Runnable work) {
        long start = System.nanoTime();
        long times = 0;
        while (System.nanoTime() - start < NANOS_EACH) {
            for (int i = 0; i < 100; i++) {
                work.run();
            }
            times += 100;
        }
        return (System.nanoTime() - start) / 1e9 / times;
    }

    private static void sign(OpenToken token, Session session, long key) {
        token.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_ECDSA), key);
        token.hsm.crypto().sign(session, new byte[32], Output.UNLIMITED);
    }

    private static void perUse() throws InterruptedException {
        try (OpenToken token = new OpenToken("audit.mode", "per-use")) {
            long key = token.p256();
            LongAdder done = new LongAdder();
            long end = System.nanoTime() + 2 * NANOS_EACH;
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Session session = token.newSession();
                Thread thread = new Thread(() -> {
                    while (System.nanoTime() - end < 0) {
                        sign(token, session, key);
                        done.increment();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            print(THREADS + " threads, a durable record for each use", done.sum() / (2 * NANOS_EACH / 1e9), "/s");
        }
    }

    private static void verification() {
        try (OpenToken token = new OpenToken()) {
            AuditEvent event = AuditEvent.of(AuditAction.SIGN)
                    .actor("pkcs11-tool[4711]")
                    .session(20_015_998_343_868L)
                    .token(token.session.access().token())
                    .object(token.session.access().token(), 1)
                    .mechanism(Ckm.CKM_ECDSA)
                    .build();
            for (int i = 0; i < RECORDS; i += BATCH) {
                token.hsm.auditLog().append(Collections.nCopies(BATCH, event));
            }
            token.hsm.checkpoints().make();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            try (HsmAudit audit = HsmAudit.open(token.hsm.config())) {
                for (int pass = 0; pass < 3; pass++) {
                    Path key = audit.service().keyFile();
                    long start = System.nanoTime();
                    long processor = threads.getCurrentThreadCpuTime();
                    VerifyReport report = audit.service().verify(new AuditEvidence(key, null, List.of()), count -> {});
                    if (!report.isOk() || report.macsCheckedFrom() == null) {
                        throw new IllegalStateException(report.toString());
                    }
                    double busy = (threads.getCurrentThreadCpuTime() - processor) / 1e9;
                    print("records verified, MACs and checkpoint too", report.count() / seconds(start), "/s");
                    print("the same for a second of processor time", report.count() / busy, "/s");
                }
            }
        }
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
