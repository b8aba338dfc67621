// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyKind;
import org.jspecify.annotations.Nullable;

/**
 * ECDSA.
 *
 * @param der whether signatures are an ASN.1 sequence rather than the two halves of IEEE P1363, which the token makes
 */
public record EcdsaScheme(long mechanism, boolean der) implements SignatureScheme {
    @Override
    public KeyKind kind() {
        return KeyKind.EC;
    }

    /** The curve, which the key says as well, is all that a caller may name. */
    @Override
    public @Nullable AlgorithmParameterSpec check(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (given != null && !(given instanceof ECParameterSpec)) {
            throw new InvalidAlgorithmParameterException("ECDSA has no parameters but the curve");
        }
        return null;
    }

    @Override
    public MechanismCall call(@Nullable AlgorithmParameterSpec parameters) {
        return MechanismCall.of(mechanism);
    }

    @Override
    public byte[] outward(byte[] signature) {
        return der ? EcdsaDer.encode(signature) : signature;
    }

    /** The token also takes halves with leading zeros left out, IEEE P1363 and the platform do not. */
    @Override
    public byte @Nullable [] inward(byte[] signature, @Nullable PublicKey key) {
        if (der) {
            return EcdsaDer.decode(signature);
        }
        return key instanceof ECKey curveKey && signature.length != 2 * orderBytes(curveKey) ? null : signature;
    }

    private static int orderBytes(ECKey key) {
        return (key.getParams().getOrder().bitLength() + 7) / 8;
    }
}
