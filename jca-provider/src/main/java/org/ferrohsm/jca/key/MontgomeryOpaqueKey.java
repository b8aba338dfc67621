// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.interfaces.XECKey;
import java.security.spec.AlgorithmParameterSpec;

/** An X25519 or X448 private key in the token. */
public final class MontgomeryOpaqueKey extends OpaquePrivateKey implements XECKey {
    private static final long serialVersionUID = 1L;

    private final transient OctetCurve curve;

    MontgomeryOpaqueKey(KeyFacts facts, OctetCurve curve) {
        super(facts, "XDH");
        this.curve = curve;
    }

    public OctetCurve curve() {
        return curve;
    }

    @Override
    public AlgorithmParameterSpec getParams() {
        return curve.parameters();
    }
}
