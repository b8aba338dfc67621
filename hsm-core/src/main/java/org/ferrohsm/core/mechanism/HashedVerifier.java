// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** A digest, then a verification over it. */
public final class HashedVerifier implements Verifier {
    private final Digester digester;
    private final Verifier raw;

    public HashedVerifier(Digester digester, Verifier raw) {
        this.digester = digester;
        this.raw = raw;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        digester.update(data, offset, length);
    }

    @Override
    public void verify(byte[] signature) {
        byte[] digest = digester.digest();
        raw.update(digest, 0, digest.length);
        raw.verify(signature);
    }
}
