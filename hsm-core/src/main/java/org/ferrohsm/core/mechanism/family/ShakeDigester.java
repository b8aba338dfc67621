// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.ferrohsm.core.mechanism.Digester;

/** SHAKE with a fixed length of output, which the JDK has only from version 25 on. */
final class ShakeDigester implements Digester {
    private final SHAKEDigest shake;
    private final int length;

    /** {@code strength} is 128 or 256. */
    ShakeDigester(int strength, int length) {
        this.shake = new SHAKEDigest(strength);
        this.length = length;
    }

    @Override
    public void update(byte[] data, int offset, int count) {
        shake.update(data, offset, count);
    }

    @Override
    public byte[] digest() {
        byte[] output = new byte[length];
        shake.doFinal(output, 0, length);
        return output;
    }

    @Override
    public int length() {
        return length;
    }
}
