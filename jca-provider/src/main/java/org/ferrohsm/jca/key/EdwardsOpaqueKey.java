// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.interfaces.EdECKey;
import java.security.spec.NamedParameterSpec;

/** An Ed25519 private key in the token. */
public final class EdwardsOpaqueKey extends OpaquePrivateKey implements EdECKey {
    private static final long serialVersionUID = 1L;

    EdwardsOpaqueKey(KeyFacts facts) {
        super(facts, "EdDSA");
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
    }
}
