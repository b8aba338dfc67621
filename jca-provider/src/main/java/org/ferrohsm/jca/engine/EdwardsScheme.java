// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.OctetCurve;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 and Ed448, with a context or prehash if the parameters say so (RFC 8032 sections 5.1 and 5.2).
 *
 * @param fixed the curve that the algorithm's name says, or null if the key says it
 */
public record EdwardsScheme(@Nullable OctetCurve fixed) implements SignatureScheme {
    @Override
    public KeyKind kind() {
        return KeyKind.EDWARDS;
    }

    @Override
    public boolean takes(Key key) {
        return fixed == null || OctetCurve.of(key).filter(fixed::equals).isPresent();
    }

    @Override
    public @Nullable AlgorithmParameterSpec check(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (given != null && !(given instanceof EdDSAParameterSpec)) {
            throw new InvalidAlgorithmParameterException("EdDSA takes an EdDSAParameterSpec");
        }
        return given;
    }

    @Override
    public MechanismCall call(@Nullable AlgorithmParameterSpec parameters) {
        if (parameters instanceof EdDSAParameterSpec eddsa
                && (eddsa.isPrehash() || eddsa.getContext().isPresent())) {
            return new MechanismCall(
                    Ckm.CKM_EDDSA,
                    new EddsaParameters(eddsa.isPrehash(), eddsa.getContext().orElse(new byte[0])));
        }
        return MechanismCall.of(Ckm.CKM_EDDSA);
    }
}
