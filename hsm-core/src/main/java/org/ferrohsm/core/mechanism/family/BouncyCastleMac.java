// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.ferrohsm.core.secret.SecretBytes;

/** A MAC that no provider registers. */
final class BouncyCastleMac implements MacFunction {
    private final Mac mac;

    BouncyCastleMac(Mac mac, SecretBytes key) {
        this.mac = mac;
        key.use(bytes -> {
            mac.init(new KeyParameter(bytes));
            return bytes.length;
        });
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        mac.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        byte[] whole = new byte[mac.getMacSize()];
        mac.doFinal(whole, 0);
        return whole;
    }
}
