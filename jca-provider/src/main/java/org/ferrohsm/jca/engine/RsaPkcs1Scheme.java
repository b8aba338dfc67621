// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyKind;
import org.jspecify.annotations.Nullable;

/** RSA signatures with the padding of PKCS#1 v1.5. */
public record RsaPkcs1Scheme(long mechanism) implements SignatureScheme {
    @Override
    public KeyKind kind() {
        return KeyKind.RSA;
    }

    @Override
    public @Nullable AlgorithmParameterSpec check(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (given != null) {
            throw new InvalidAlgorithmParameterException("the algorithm has no parameters");
        }
        return null;
    }

    @Override
    public MechanismCall call(@Nullable AlgorithmParameterSpec parameters) {
        return MechanismCall.of(mechanism);
    }
}
