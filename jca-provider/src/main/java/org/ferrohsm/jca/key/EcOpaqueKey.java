// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;

/** A private key on an elliptic curve in the token. */
public final class EcOpaqueKey extends OpaquePrivateKey implements ECKey {
    private static final long serialVersionUID = 1L;

    private final transient NamedCurve curve;
    private final transient ECParameterSpec parameters;

    EcOpaqueKey(KeyFacts facts, NamedCurve curve) {
        super(facts, "EC");
        this.curve = curve;
        this.parameters = curve.parameters();
    }

    public NamedCurve curve() {
        return curve;
    }

    @Override
    public ECParameterSpec getParams() {
        return parameters;
    }
}
