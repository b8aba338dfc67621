// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.function.Function;
import org.ferrohsm.core.mechanism.parameter.EcdhAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.HashSignContextParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;

/** The parameters of asymmetric mechanisms in a vector, by a field that only they have. */
final class AsymmetricVectorParameters {
    static final Map<String, Function<VectorFields, MechanismParameters>> BY_FIELD =
            Map.of("aes-bits", AsymmetricVectorParameters::wrapping, "hedge", AsymmetricVectorParameters::signing);

    private AsymmetricVectorParameters() {}

    private static MechanismParameters wrapping(VectorFields f) {
        if (f.has("kdf")) {
            return new EcdhAesWrapParameters(f.number("aes-bits"), f.number("kdf"), f.bytes("shared"));
        }
        return new RsaAesWrapParameters(
                f.number("aes-bits"),
                new OaepParameters(f.number("hash"), f.number("mgf"), f.number("source"), f.bytes("label")));
    }

    private static MechanismParameters signing(VectorFields f) {
        return f.has("hash")
                ? new HashSignContextParameters(f.number("hedge"), f.bytes("context"), f.number("hash"))
                : new SignContextParameters(f.number("hedge"), f.bytes("context"));
    }
}
