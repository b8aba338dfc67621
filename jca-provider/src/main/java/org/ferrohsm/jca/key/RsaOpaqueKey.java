// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An RSA private key in the token. It is no {@code RSAPrivateKey}: the platform's engines would take it and fail for want
 * of the exponent.
 */
public final class RsaOpaqueKey extends OpaquePrivateKey implements RSAKey {
    private static final long serialVersionUID = 1L;

    private final transient BigInteger modulus;

    RsaOpaqueKey(KeyFacts facts, BigInteger modulus) {
        super(facts, "RSA");
        this.modulus = modulus;
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    /** Null: the key is bound to no parameters. */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }
}
