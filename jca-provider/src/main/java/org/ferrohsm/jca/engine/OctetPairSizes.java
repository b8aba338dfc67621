// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.OctetCurve;
import org.jspecify.annotations.Nullable;

/**
 * The curves of RFC 7748 and RFC 8032.
 *
 * @param first the default
 * @param second another that the algorithm has; null for none
 */
public record OctetPairSizes(OctetCurve first, @Nullable OctetCurve second) implements PairSizes {
    @Override
    public PairSize byDefault() {
        return size(first);
    }

    @Override
    public PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
        if (first.bits() == bits) {
            return size(first);
        }
        if (second != null && second.bits() == bits) {
            return size(second);
        }
        throw new InvalidAlgorithmParameterException("no curve of " + bits + " bits");
    }

    @Override
    public PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        return size(OctetCurve.of(spec)
                .filter(curve -> curve == first || curve == second)
                .orElseThrow(() -> new InvalidAlgorithmParameterException("no curve of the algorithm")));
    }

    private static PairSize size(OctetCurve curve) {
        long mechanism =
                curve.kind() == KeyKind.EDWARDS ? Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN : Ckm.CKM_EC_MONTGOMERY_KEY_PAIR_GEN;
        return new PairSize(curve.kind(), mechanism, () -> Template.builder().put(Cka.CKA_EC_PARAMS, curve.ecParams()));
    }
}
