// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * HMAC-SHA256 (RFC 2104) under one key, for many messages from many threads.
 *
 * <p>Not the JDK's Mac: that takes its SHA-256 from whichever provider is first in the host's list, which may be
 * FerroHSM's own and would then ask for the store that is just being unsealed. The two padded key blocks are hashed
 * once, and their states copied for each message.
 */
public final class HmacSha256 implements AutoCloseable {
    /** Length of the code in bytes. */
    public static final int LENGTH = 32;

    private static final int BLOCK = 64;

    private final MessageDigest inner;
    private final MessageDigest outer;

    private HmacSha256(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? HostJce.sha256().digest(key) : key, BLOCK);
        inner = padded(block, 0x36);
        outer = padded(block, 0x5c);
        Arrays.fill(block, (byte) 0);
    }

    /** Ready for messages under {@code key}, which stays the caller's. */
    public static HmacSha256 keyed(SecretBytes key) {
        return key.use(HmacSha256::new);
    }

    /** The code of one message under {@code key}: the parts, one after the other. */
    public static byte[] of(SecretBytes key, byte[]... parts) {
        try (HmacSha256 mac = keyed(key)) {
            return mac.of(parts);
        }
    }

    /** The code of one message: the parts, one after the other. */
    public byte[] of(byte[]... parts) {
        MessageDigest message = copy(inner);
        for (byte[] part : parts) {
            message.update(part);
        }
        MessageDigest result = copy(outer);
        result.update(message.digest());
        return result.digest();
    }

    static HmacSha256 keyed(byte[] key) {
        return new HmacSha256(key);
    }

    private static MessageDigest padded(byte[] key, int pad) {
        byte[] block = key.clone();
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        MessageDigest digest = HostJce.sha256();
        digest.update(block);
        Arrays.fill(block, (byte) 0);
        return digest;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw Fault.GENERAL_ERROR.because("this Java runtime's SHA-256 cannot be copied", e);
        }
    }

    /** Forgets the key. Not to be called while another thread computes: that one would get a wrong code. */
    @Override
    public void close() {
        inner.reset();
        outer.reset();
    }
}
