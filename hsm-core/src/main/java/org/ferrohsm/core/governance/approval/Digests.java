// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.ferrohsm.core.seal.HostJce;

/** SHA-256 with a purpose before the bytes, so that no digest of one thing stands for another's. */
public final class Digests {
    private Digests() {}

    /** {@code H(purpose || 0x00 || bytes)}. */
    public static byte[] of(String purpose, byte[] bytes) {
        MessageDigest digest = begin(purpose);
        digest.update(bytes);
        return digest.digest();
    }

    /** A digest that has taken in {@code purpose || 0x00}. */
    public static MessageDigest begin(String purpose) {
        MessageDigest digest = HostJce.sha256();
        digest.update(purpose.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        return digest;
    }
}
