// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a token key under a PIN: the wrapping key is HKDF over Argon2id(PIN) and the store's PIN key together, so that
 * neither a stolen store nor a stolen seal key alone lets anybody try PINs.
 *
 * <p>Bytes: format (1), Argon2id's memory in KiB (4), passes (1), lanes (1), salt (16), envelope of the token key. All
 * before the envelope is associated data, with the caller's.
 */
public final class PinKdf {
    private static final byte FORMAT = 1;
    private static final int SALT_LENGTH = 16;
    private static final int HEADER_LENGTH = 1 + 4 + 1 + 1 + SALT_LENGTH;
    private static final int HASH_LENGTH = 32;

    private final RootKey root;
    private final PinCost cost;
    private final SecureRandom random;

    /** One guess occupies a core and all of its memory: no more at once than there are cores. */
    private final Semaphore running = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /** Wraps at {@code cost}; unwraps at the cost that each blob was wrapped at. */
    public PinKdf(RootKey root, PinCost cost, SecureRandom random) {
        this.root = root;
        this.cost = cost.chosen();
        this.random = random;
    }

    /** Wraps {@code tokenKey}; takes as long as a guess. */
    public byte[] wrap(SecretBytes pin, SecretBytes tokenKey, byte[] aad) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] header = ByteBuffer.allocate(HEADER_LENGTH)
                .put(FORMAT)
                .putInt(cost.memoryKib())
                .put((byte) cost.passes())
                .put((byte) cost.lanes())
                .put(salt)
                .array();
        try (SecretBytes key = wrappingKey(pin, salt, cost)) {
            byte[] envelope = tokenKey.use(bytes -> Envelope.seal(key, associated(header, aad), bytes, random));
            return ByteBuffer.allocate(HEADER_LENGTH + envelope.length)
                    .put(header)
                    .put(envelope)
                    .array();
        }
    }

    /**
     * The token key.
     *
     * @throws HsmException PIN_INCORRECT if the PIN is another, or {@code blob}'s envelope has been changed (the caller
     *     keeps the blob under a code of its own to tell these apart); DEVICE_ERROR if it is no such blob or asks for
     *     more than any honest one would
     */
    public SecretBytes unwrap(SecretBytes pin, byte[] blob, byte[] aad) {
        if (blob.length <= HEADER_LENGTH || blob[0] != FORMAT) {
            throw Fault.DEVICE_ERROR.because(
                    "a PIN's wrapped key is of no known format: it has been changed or damaged");
        }
        ByteBuffer in = ByteBuffer.wrap(blob, 1, HEADER_LENGTH - 1);
        PinCost stored = new PinCost(in.getInt(), in.get() & 0xff, in.get() & 0xff).stored();
        byte[] salt = new byte[SALT_LENGTH];
        in.get(salt);
        byte[] header = Arrays.copyOf(blob, HEADER_LENGTH);
        byte[] envelope = Arrays.copyOfRange(blob, HEADER_LENGTH, blob.length);
        try (SecretBytes key = wrappingKey(pin, salt, stored)) {
            return Envelope.tryOpen(key, associated(header, aad), envelope)
                    .map(SecretBytes::adopt)
                    .orElseThrow(() -> Fault.PIN_INCORRECT.because("the PIN is not right"));
        }
    }

    private SecretBytes wrappingKey(SecretBytes pin, byte[] salt, PinCost cost) {
        byte[] both = new byte[2 * HASH_LENGTH];
        running.acquireUninterruptibly();
        try {
            pin.<Void>use(bytes -> argon2id(bytes, salt, cost, both));
        } finally {
            running.release();
        }
        root.key(RootLabel.PIN).<Void>use(bytes -> {
            System.arraycopy(bytes, 0, both, HASH_LENGTH, HASH_LENGTH);
            return null;
        });
        try (SecretBytes secret = SecretBytes.adopt(both)) {
            return Hkdf.key(secret, Binding.of("ferrohsm pin wrapping"));
        }
    }

    private static @Nullable Void argon2id(byte[] pin, byte[] salt, PinCost cost, byte[] output) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        try {
            argon2.generateBytes(pin, output, 0, HASH_LENGTH);
        } catch (OutOfMemoryError e) {
            throw Fault.HOST_MEMORY.because("hashing a PIN takes " + cost.memoryKib()
                    + " KiB of Java heap, which is not free: give the JVM more (-Xmx)");
        }
        return null;
    }

    private static byte[] associated(byte[] header, byte[] aad) {
        return Binding.of("ferrohsm pin").with(header).with(aad).bytes();
    }
}
