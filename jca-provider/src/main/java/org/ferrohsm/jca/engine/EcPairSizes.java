// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.NamedCurve;

/** The curves over prime fields. */
public record EcPairSizes() implements PairSizes {
    @Override
    public PairSize byDefault() {
        return ec(NamedCurve.P256);
    }

    @Override
    public PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
        return ec(NamedCurve.ofSize(bits)
                .orElseThrow(() -> new InvalidAlgorithmParameterException("no curve of " + bits + " bits")));
    }

    @Override
    public PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        return ec(NamedCurve.of(spec)
                .orElseThrow(() -> new InvalidAlgorithmParameterException("the token does not have that curve")));
    }

    private static PairSize ec(NamedCurve curve) {
        return new PairSize(
                KeyKind.EC, Ckm.CKM_EC_KEY_PAIR_GEN, () -> Template.builder().put(Cka.CKA_EC_PARAMS, curve.ecParams()));
    }
}
