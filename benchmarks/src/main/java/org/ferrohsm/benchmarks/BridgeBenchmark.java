// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.bridge.Bridge;
import org.ferrohsm.bridge.DebugLog;
import org.ferrohsm.bridge.codec.TemplateReader;
import org.ferrohsm.bridge.handler.Attachment;
import org.ferrohsm.bridge.handler.Handlers;
import org.ferrohsm.bridge.handler.Library;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.Protocol;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.session.Application;
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

/** The Java side of the bridge, without JNI and without a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BridgeBenchmark {
    private static final int CAPACITY = 64 << 10;
    private static final byte[] ID = "bench-00000001".getBytes(StandardCharsets.US_ASCII);

    /** One caller over the benchmark's token. */
    private record Held(OpenToken token) implements Attachment {
        @Override
        public HsmRuntime runtime() {
            return token.hsm;
        }

        @Override
        public Application application() {
            return token.application;
        }

        @Override
        public OptionalLong slotEvent() {
            return OptionalLong.empty();
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        public void end() {}

        @Override
        public void leave() {}
    }

    private final OpenToken token = new OpenToken();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
    private final byte[] template = template();
    private final byte[] sessionInfo = request(Call.C_GetSessionInfo, longBytes(token.session.handle()));
    private final Bridge bridge = open();

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        token.close();
    }

    /** C_GetSessionInfo, which does next to nothing: reading and writing the message, and finding handler and session. */
    @Benchmark
    public int emptyCall() {
        buffer.put(0, sessionInfo);
        return bridge.call(buffer, sessionInfo.length);
    }

    /** The seven attributes with which a program makes a secret key. */
    @Benchmark
    public Template readTemplate() {
        buffer.clear();
        buffer.put(0, template);
        return TemplateReader.read(new WireReader(buffer, template.length));
    }

    private Bridge open() {
        Bridge opened = new Bridge(
                new Library(who -> new Held(token)),
                new Handlers(),
                Protocol.CURRENT,
                new DebugLog(Map.of(), System.err));
        byte[] handshake = "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII);
        byte[] arguments = ByteBuffer.allocate(5 + handshake.length + 7)
                .put((byte) 1)
                .putInt(handshake.length)
                .put(handshake)
                .put((byte) 0)
                .put((byte) 1)
                .putInt(1)
                .put((byte) 0)
                .array();
        byte[] message = request(Call.C_Initialize, arguments);
        buffer.put(0, message);
        opened.call(buffer, message.length);
        if (buffer.getInt(0) != Call.C_Initialize.id()) {
            throw new IllegalStateException("C_Initialize was refused");
        }
        return opened;
    }

    private static byte[] request(Call call, byte[] arguments) {
        byte[] signature = call.request().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + signature.length + arguments.length)
                .putInt(call.id())
                .putInt(signature.length)
                .put(signature)
                .put(arguments)
                .array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] template() {
        ByteBuffer bytes = ByteBuffer.allocate(1024).putInt(7);
        number(bytes, Cka.CKA_CLASS, Cko.CKO_SECRET_KEY);
        number(bytes, Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
        head(bytes, Cka.CKA_TOKEN, 1).put((byte) 1);
        head(bytes, Cka.CKA_PRIVATE, 1).put((byte) 1);
        for (long type : new long[] {Cka.CKA_LABEL, Cka.CKA_ID, Cka.CKA_VALUE}) {
            head(bytes, type, ID.length).putInt(ID.length).put(ID);
        }
        byte[] written = new byte[bytes.position()];
        bytes.get(0, written);
        return written;
    }

    private static void number(ByteBuffer bytes, long type, long value) {
        head(bytes, type, Long.BYTES).putLong(value);
    }

    private static ByteBuffer head(ByteBuffer bytes, long type, int length) {
        return bytes.putInt((int) type).put((byte) 1).putInt(length);
    }
}
