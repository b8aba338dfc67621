// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import java.security.MessageDigest;
import org.ferrohsm.core.seal.HostJce;

/** The hashes of a Merkle tree (RFC 6962 section 2.1): 0x00 before a leaf's content, 0x01 before two children's hashes. */
public final class TreeHash {
    /** The length of every hash in bytes. */
    public static final int LENGTH = 32;

    private TreeHash() {}

    /** The hash of a leaf. */
    public static byte[] leaf(byte[] content) {
        MessageDigest digest = HostJce.sha256();
        digest.update((byte) 0);
        return digest.digest(content);
    }

    /** The hash of a node above two others. */
    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = HostJce.sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of a tree without leaves. */
    static byte[] empty() {
        return HostJce.sha256().digest();
    }
}
