// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.HashedSigner;
import org.ferrohsm.core.mechanism.HashedVerifier;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.HashSignContextParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;
import org.ferrohsm.core.object.HsmObject;

/** The rows of a signature scheme with contexts: pure, over a digest that is given, and over each digest (FIPS 204, 205). */
record ContextSignatures(
        Engines engines,
        LongFunction<Mechanism.Builder> row,
        BiFunction<HsmObject, SignContext, Signer> signer,
        BiFunction<HsmObject, SignContext, Verifier> verifier) {

    /** Rows of the types {@code pure}, {@code prehashed}, and what {@code hashing} says for each digest. */
    List<Mechanism> rows(long pure, long prehashed, ToLongFunction<PreHash> hashing) {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(row.apply(pure)
                .optionalParameters(SignContextParameters.class)
                .signs((key, parameters) -> signer.apply(key, SignContext.of(parameters, null)))
                .verifies((key, parameters) -> verifier.apply(key, SignContext.of(parameters, null)))
                .build());
        rows.add(row.apply(prehashed)
                .parameters(HashSignContextParameters.class)
                .signs((key, parameters) -> signer.apply(key, SignContext.withHash(parameters)))
                .verifies((key, parameters) -> verifier.apply(key, SignContext.withHash(parameters)))
                .build());
        for (PreHash hash : PreHash.values()) {
            rows.add(row.apply(hashing.applyAsLong(hash))
                    .optionalParameters(SignContextParameters.class)
                    .signs((key, parameters) -> new HashedSigner(
                            hash.digester(engines), signer.apply(key, SignContext.of(parameters, hash))))
                    .verifies((key, parameters) -> new HashedVerifier(
                            hash.digester(engines), verifier.apply(key, SignContext.of(parameters, hash))))
                    .build());
        }
        return rows;
    }
}
