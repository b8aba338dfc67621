// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * An Ed25519 or Ed448 private key in the token. It may be an {@code EdECPrivateKey}, whose bytes are optional, and it must: only so
 * does jarsigner know which digest goes with it.
 */
public final class EdwardsOpaqueKey extends OpaquePrivateKey implements EdECPrivateKey {
    private static final long serialVersionUID = 1L;

    private final transient OctetCurve curve;

    EdwardsOpaqueKey(KeyFacts facts, OctetCurve curve) {
        super(facts, "EdDSA");
        this.curve = curve;
    }

    @Override
    public NamedParameterSpec getParams() {
        return curve.parameters();
    }

    /** Empty: the key does not leave the token. */
    @Override
    public Optional<byte[]> getBytes() {
        return Optional.empty();
    }
}
