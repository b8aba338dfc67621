// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.token.ObjectSealer;
import org.ferrohsm.core.token.TokenKeys;
import org.ferrohsm.store.api.ObjectRow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A stored object: behind its handle, by its CKA_ID, into a row and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ObjectBenchmark {
    private static final int OBJECTS = 1000;

    private final OpenToken token = new OpenToken();
    private final ObjectSealer sealer = new ObjectSealer(new Engines().random());
    private final long[] handles = handles();
    private final HsmObject object = token.session.access().open(handles[0], Fault.OBJECT_HANDLE_INVALID);
    private final TokenKeys keys = token.session.access().keys();
    private final ObjectRow row = sealer.seal(object, keys);
    private int next;

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        token.close();
    }

    /** The object behind a handle, which has been opened before. */
    @Benchmark
    public HsmObject lookUp() {
        next = (next + 1) % OBJECTS;
        return token.session.access().open(handles[next], Fault.OBJECT_HANDLE_INVALID);
    }

    /** A search by CKA_ID whose answer is known. */
    @Benchmark
    public long[] find() {
        next = (next + 1) % OBJECTS;
        return token.hsm.objects().search(token.session, byId(next));
    }

    /** Into a row. */
    @Benchmark
    public ObjectRow seal() {
        return sealer.seal(object, keys);
    }

    /** Back out of a row. */
    @Benchmark
    public long open() {
        try (HsmObject opened = sealer.open(row, keys)) {
            return opened.version();
        }
    }

    private long[] handles() {
        long[] made = new long[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            made[i] = token.hsm.objects().create(token.session, secretKey(i));
        }
        return made;
    }

    private static Template secretKey(int number) {
        return byId(number).toBuilder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_PRIVATE, true)
                .put(Cka.CKA_VALUE, new byte[32])
                .build();
    }

    private static Template byId(int number) {
        return Template.builder()
                .put(Cka.CKA_ID, new byte[] {(byte) (number >> 8), (byte) number})
                .build();
    }
}
