// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.token.TokenAccess;

/**
 * A token with very many objects: {@code fill FOLDER COUNT} makes one, {@code ask FOLDER COUNT} measures in a process of its
 * own how long it takes to open, to find an object and to read it, and what memory that takes.
 */
public final class ManyObjects {
    private static final int BATCH = 1000;
    private static final int QUESTIONS = 20_000;
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;

    private ManyObjects() {}

    /** The part, the store's folder and the number of objects. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("fill")) {
            fill(folder, count);
        } else {
            ask(folder, count);
        }
    }

    private static byte[] id(int number) {
        return "object-%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static Template byId(int number) {
        return Template.builder().put(Cka.CKA_ID, id(number)).build();
    }

    /** Private secret keys in transactions of a thousand, as an import would make them. */
    private static void fill(Path folder, int count) {
        try (OpenToken token = new OpenToken(folder, true)) {
            Template template = Template.builder()
                    .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                    .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                    .put(Cka.CKA_TOKEN, true)
                    .put(Cka.CKA_PRIVATE, true)
                    .put(Cka.CKA_VALUE, new byte[32])
                    .build();
            TokenAccess access = token.session.access();
            long handle = token.hsm.objects().create(token.session, template);
            AttributeSet like = access.open(handle, Fault.OBJECT_HANDLE_INVALID).attributes();
            HsmObject[] batch = new HsmObject[BATCH];
            for (int made = 0; made < count; made += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    batch[i] = object(like, made + i);
                }
                AuditEvent.Builder event = AuditEvent.of(AuditAction.OBJECT_CREATE)
                        .actor("benchmark")
                        .session(token.session.handle())
                        .object(batch[BATCH - 1].id(), 1);
                access.writer().insert(access.keys(), event, batch);
                Arrays.stream(batch).forEach(HsmObject::close);
            }
        }
    }

    private static HsmObject object(AttributeSet like, int number) {
        UUID identity = new UUID(0x4000L, 0x8000000000000000L | number);
        AttributeSet attributes = like.toBuilder()
                .put(Cka.CKA_ID, id(number))
                .put(Cka.CKA_LABEL, id(number))
                .put(Cka.CKA_UNIQUE_ID, identity.toString().getBytes(StandardCharsets.US_ASCII))
                .build();
        return new HsmObject(
                identity, 1, attributes, SecretAttributes.of(Cka.CKA_VALUE, SecretBytes.adopt(new byte[32])));
    }

    private static void ask(Path folder, int count) throws IOException {
        long start = System.nanoTime();
        try (OpenToken token = new OpenToken(folder, false)) {
            print("open the store and log in", System.nanoTime() - start, MILLIS, "ms");
            start = System.nanoTime();
            find(token, count / 2);
            print("the first search after the login", System.nanoTime() - start, MILLIS, "ms");
            Random random = new Random(1);
            for (int pass = 0; pass < 2; pass++) {
                each("a search by CKA_ID", () -> find(token, random.nextInt(count)));
                each("a search and an attribute of what it finds", () -> {
                    long found = find(token, random.nextInt(count));
                    token.hsm.objects().read(token.session, found, Cka.CKA_LABEL);
                });
            }
            memory("memory of the process at most");
            start = System.nanoTime();
            int listed = token.hsm.objects().search(token.session, Template.EMPTY).length;
            print("a search for all " + listed, System.nanoTime() - start, MILLIS, "ms");
            memory("memory of the process at most, then");
        }
    }

    /** By the clock, and by what the thread took of a processor: others may want it too. */
    private static void each(String what, Runnable question) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long processor = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < QUESTIONS; i++) {
            question.run();
        }
        long busy = threads.getCurrentThreadCpuTime() - processor;
        print(what, (System.nanoTime() - start) / QUESTIONS, MICROS, "us");
        print("    its processor time", busy / QUESTIONS, MICROS, "us");
    }

    private static long find(OpenToken token, int number) {
        return token.hsm.objects().search(token.session, byId(number))[0];
    }

    private static void print(String what, long nanos, double unit, String name) {
        System.out.printf(Locale.ROOT, "%-48s %,12.2f %s%n", what, nanos / unit, name);
    }

    private static void memory(String what) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(text -> text.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        System.out.printf(Locale.ROOT, "%-48s %s%n", what, line.replaceAll("\\s+", " "));
    }
}
