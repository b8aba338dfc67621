// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Secret bytes with one owner, wiped when it closes them. Whoever is reading them at that moment finishes first: the
 * last reader wipes.
 */
public final class SecretBytes implements AutoCloseable {
    /** Readers at work; the owner counts as one until it closes. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicInteger closed = new AtomicInteger();
    private final byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes {@code bytes} over: the caller forgets its reference and does not wipe. */
    public static SecretBytes adopt(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** Copies {@code bytes}, which stay the caller's to wipe. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Fresh random bytes. */
    public static SecretBytes random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** Length in bytes; still known after closing. */
    public int length() {
        return bytes.length;
    }

    /**
     * Lends the bytes to {@code reader}, which must neither keep nor change them.
     *
     * @throws ClosedSecretException if they have been closed
     */
    public <T> T use(Function<byte[], T> reader) {
        if (holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            throw new ClosedSecretException();
        }
        try {
            return reader.apply(bytes);
        } finally {
            release();
        }
    }

    /** An independent copy with an owner of its own. */
    public SecretBytes copy() {
        return use(SecretBytes::copyOf);
    }

    /** Whether both hold the same bytes, in time that depends on the lengths alone. */
    public boolean matches(SecretBytes other) {
        return use(mine -> other.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** Wipes the bytes as soon as nobody is reading them; idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(0, 1)) {
            release();
        }
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The length alone. */
    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + "]";
    }
}
