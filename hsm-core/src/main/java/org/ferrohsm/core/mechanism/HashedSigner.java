// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A digest, then a signature over it: what every mechanism with a hash in its name is. */
public final class HashedSigner implements Signer {
    private final Digester digester;
    private final Signer raw;

    public HashedSigner(Digester digester, Signer raw) {
        this.digester = digester;
        this.raw = raw;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        digester.update(data, offset, length);
    }

    @Override
    public byte[] sign() {
        byte[] digest = digester.digest();
        raw.update(digest, 0, digest.length);
        return raw.sign();
    }

    @Override
    public int signatureLength() {
        return raw.signatureLength();
    }
}
