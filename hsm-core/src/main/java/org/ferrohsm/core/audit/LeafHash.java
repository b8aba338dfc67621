// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.security.MessageDigest;
import org.ferrohsm.core.seal.HostJce;

/** What links records: SHA-256(0x00 || record), the leaf hash of RFC 6962 section 2.1. */
final class LeafHash {
    static final int LENGTH = 32;

    private LeafHash() {}

    static byte[] of(byte[] record) {
        MessageDigest digest = HostJce.sha256();
        digest.update((byte) 0);
        return digest.digest(record);
    }
}
