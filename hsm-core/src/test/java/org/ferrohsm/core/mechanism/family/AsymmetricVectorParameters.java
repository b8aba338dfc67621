// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.function.Function;
import org.ferrohsm.core.mechanism.parameter.EcdhAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;

/** The parameters of asymmetric mechanisms in a vector, by a field that only they have. */
final class AsymmetricVectorParameters {
    static final Map<String, Function<VectorFields, MechanismParameters>> BY_FIELD =
            Map.of("aes-bits", AsymmetricVectorParameters::wrapping);

    private AsymmetricVectorParameters() {}

    private static MechanismParameters wrapping(VectorFields f) {
        if (f.has("kdf")) {
            return new EcdhAesWrapParameters(f.number("aes-bits"), f.number("kdf"), f.bytes("shared"));
        }
        return new RsaAesWrapParameters(
                f.number("aes-bits"),
                new OaepParameters(f.number("hash"), f.number("mgf"), f.number("source"), f.bytes("label")));
    }
}
