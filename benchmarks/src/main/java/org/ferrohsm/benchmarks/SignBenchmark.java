// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One signature: through a session with its checks and its audit lease, and by the engine alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignBenchmark {
    private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};

    /** What is signed with. Templates and calls are immutable and only not annotated so. */
    @SuppressWarnings("ImmutableEnumChecker")
    public enum Key {
        RSA_2048(
                Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                Ckm.CKM_SHA256_RSA_PKCS,
                "RSA",
                2048,
                Template.builder().put(Cka.CKA_MODULUS_BITS, 2048L).build()),
        P_256(
                Ckm.CKM_EC_KEY_PAIR_GEN,
                Ckm.CKM_ECDSA_SHA256,
                "EC",
                256,
                Template.builder().put(Cka.CKA_EC_PARAMS, P256).build());

        private final MechanismCall generate;
        private final MechanismCall sign;
        private final String engineKey;
        private final int size;
        private final Template template;

        Key(long generate, long sign, String engineKey, int size, Template template) {
            this.generate = MechanismCall.of(generate);
            this.sign = MechanismCall.of(sign);
            this.engineKey = engineKey;
            this.size = size;
            this.template = template;
        }

        private String engineSignature() {
            return this == P_256 ? "SHA256withECDSA" : "SHA256withRSA";
        }
    }

    private record Keys(long handle, PrivateKey engineKey) {}

    /** JMH sets it before each trial. */
    @Param
    public Key key = Key.P_256;

    private final byte[] data = new byte[32];
    private final OpenToken token = new OpenToken();
    private final Engines engines = new Engines();
    private final ThreadLocal<Session> session = ThreadLocal.withInitial(token::newSession);
    private @Nullable Keys keys;

    /** Makes a key of each side. */
    @Setup(Level.Trial)
    public void makeKeys() {
        long handle = token.hsm
                .keys()
                .generatePair(token.session, key.generate, key.template, Template.EMPTY)
                .privateKey();
        KeyPairGenerator generator = engines.keyPairGenerator(key.engineKey);
        generator.initialize(key.size);
        keys = new Keys(handle, generator.generateKeyPair().getPrivate());
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        token.close();
    }

    /** C_SignInit and C_Sign without the bridge. */
    @Benchmark
    public byte[] throughSession() {
        long handle = Objects.requireNonNull(keys).handle;
        token.hsm.crypto().signInit(session.get(), key.sign, handle);
        return token.hsm.crypto().sign(session.get(), data, Output.UNLIMITED).require();
    }

    /** The engine that the core chose, called directly. */
    @Benchmark
    public byte[] engineAlone() throws GeneralSecurityException {
        Signature signature = engines.signature(key.engineSignature());
        signature.initSign(Objects.requireNonNull(keys).engineKey);
        signature.update(data);
        return signature.sign();
    }
}
