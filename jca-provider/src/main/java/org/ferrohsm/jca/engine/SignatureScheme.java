// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyKind;
import org.jspecify.annotations.Nullable;

/** What tells one signature algorithm from another. */
public interface SignatureScheme {
    /** The kind of its keys. */
    KeyKind kind();

    /** Whether a key of that kind, the token's or the platform's, is one for this algorithm. */
    default boolean takes(Key key) {
        return true;
    }

    /** The parameters in force unless others are set; null for none. */
    default @Nullable AlgorithmParameterSpec defaults() {
        return null;
    }

    /** Checks parameters that a caller sets, and gives those to be in force. */
    @Nullable
    AlgorithmParameterSpec check(@Nullable AlgorithmParameterSpec given) throws InvalidAlgorithmParameterException;

    /** The mechanism under these parameters. */
    MechanismCall call(@Nullable AlgorithmParameterSpec parameters) throws SignatureException;

    /** The encoded form of parameters; null for none. */
    default @Nullable AlgorithmParameters encoded(@Nullable AlgorithmParameterSpec parameters) {
        return null;
    }

    /** A signature in the JCA's form, from PKCS#11's. */
    default byte[] outward(byte[] signature) {
        return signature;
    }

    /** A signature in PKCS#11's form, from the JCA's; null if it can be no signature. */
    default byte @Nullable [] inward(byte[] signature, @Nullable PublicKey key) {
        return signature;
    }
}
