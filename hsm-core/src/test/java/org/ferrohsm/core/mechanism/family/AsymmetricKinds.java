// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ferrohsm.core.mechanism.parameter.EcdhAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.HashSignContextParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;

/** Any parameters of asymmetric mechanisms. */
final class AsymmetricKinds {
    private AsymmetricKinds() {}

    static List<Arbitrary<? extends MechanismParameters>> all(
            Arbitrary<byte[]> bytes, Arbitrary<Long> hashes, Arbitrary<Long> masks, Arbitrary<Long> kdfs) {
        Arbitrary<Long> hedges = Arbitraries.of(0L, 1L, 2L, 3L, -1L);
        Arbitrary<Long> aesBits = Arbitraries.of(0L, 128L, 256L, -1L);
        return List.of(
                Combinators.combine(aesBits, hashes, masks, bytes)
                        .as((bits, hash, mask, label) ->
                                new RsaAesWrapParameters(bits, new OaepParameters(hash, mask, 1, label))),
                Combinators.combine(aesBits, kdfs, bytes).as(EcdhAesWrapParameters::new),
                Combinators.combine(hedges, bytes).as(SignContextParameters::new),
                Combinators.combine(hedges, bytes, hashes).as(HashSignContextParameters::new));
    }
}
