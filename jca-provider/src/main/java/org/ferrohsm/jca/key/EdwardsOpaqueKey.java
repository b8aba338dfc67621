// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * An Ed25519 private key in the token. It may be an {@code EdECPrivateKey}, whose bytes are optional, and it must: only so
 * does jarsigner know which digest goes with it.
 */
public final class EdwardsOpaqueKey extends OpaquePrivateKey implements EdECPrivateKey {
    private static final long serialVersionUID = 1L;

    EdwardsOpaqueKey(KeyFacts facts) {
        super(facts, "EdDSA");
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
    }

    /** Empty: the key does not leave the token. */
    @Override
    public Optional<byte[]> getBytes() {
        return Optional.empty();
    }
}
