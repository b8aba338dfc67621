// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** A private key in the token. */
public abstract class OpaquePrivateKey extends OpaqueKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    OpaquePrivateKey(KeyFacts facts, String algorithm) {
        super(facts, algorithm);
    }

    /**
     * The key's parameters. Declared here because from JDK 22 on both {@code PrivateKey} and {@code RSAKey} have a default
     * of it, and a class compiled before that must have chosen.
     */
    public abstract @Nullable AlgorithmParameterSpec getParams();

    @Override
    public void destroy() {
        super.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return super.isDestroyed();
    }
}
