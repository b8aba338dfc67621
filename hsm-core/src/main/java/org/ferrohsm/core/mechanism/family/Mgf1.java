// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Hash;

/** The mask generation function of PSS and OAEP (RFC 8017 appendix B.2.1). */
record Mgf1(Hash hash, Engines engines) {
    /** Exclusive or of the mask that grows from a part of {@code seed} into a part of {@code target}. */
    void apply(byte[] seed, int seedAt, int seedLength, byte[] target, int targetAt, int length) {
        MessageDigest digest = engines.digest(hash.digestName());
        int end = targetAt + length;
        for (int at = targetAt, counter = 0; at < end; counter++) {
            digest.update(seed, seedAt, seedLength);
            digest.update(new byte[] {0, 0, (byte) (counter >> 8), (byte) counter});
            byte[] mask = digest.digest();
            for (int i = 0; i < mask.length && at < end; i++, at++) {
                target[at] ^= mask[i];
            }
        }
    }
}
