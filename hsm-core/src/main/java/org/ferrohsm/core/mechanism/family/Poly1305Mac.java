// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.ferrohsm.core.secret.SecretBytes;

/** Poly1305 under a key that is its whole state (RFC 8439 section 2.5). */
final class Poly1305Mac implements MacFunction {
    private final Poly1305 mac = new Poly1305();

    Poly1305Mac(SecretBytes key) {
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
