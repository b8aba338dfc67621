// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;

/** The parameters of a vector: the first field of this table that the vector has says of which kind they are. */
final class VectorParameters {
    private static final Map<String, Function<VectorFields, MechanismParameters>> BY_FIELD = table();

    private VectorParameters() {}

    private static Map<String, Function<VectorFields, MechanismParameters>> table() {
        Map<String, Function<VectorFields, MechanismParameters>> table =
                new LinkedHashMap<>(AsymmetricVectorParameters.BY_FIELD);
        table.put("tag-bits", f -> new GcmParameters(f.bytes("iv"), f.bytesOrNone("aad"), f.number("tag-bits")));
        table.put("counter-bits", f -> new CtrParameters(f.number("counter-bits"), f.bytes("counter-block")));
        table.put("salt-length", f -> new PssParameters(f.number("hash"), f.number("mgf"), f.number("salt-length")));
        table.put(
                "source",
                f -> new OaepParameters(f.number("hash"), f.number("mgf"), f.number("source"), f.bytes("label")));
        table.put("kdf", f -> new EcdhParameters(f.number("kdf"), f.bytes("shared"), f.bytes("point")));
        table.put("mac-length", f -> new MacLengthParameters(f.number("mac-length")));
        table.put("prehash", f -> new EddsaParameters(Boolean.parseBoolean(f.text("prehash")), f.bytes("context")));
        table.put(
                "mac-bytes",
                f -> new CcmParameters(
                        f.has("data-length") ? f.number("data-length") : f.bytes("data").length,
                        f.bytes("nonce"),
                        f.bytesOrNone("aad"),
                        f.number("mac-bytes")));
        table.put("data-iv", f -> new CbcDataParameters(f.bytes("data-iv"), f.bytes("string")));
        table.put("string", f -> new StringDataParameters(f.bytes("string")));
        table.put("raw", f -> new RawParameters(f.bytes("raw")));
        return table;
    }

    static MechanismParameters of(VectorFields fields) {
        return BY_FIELD.entrySet().stream()
                .filter(entry -> fields.has(entry.getKey()))
                .findFirst()
                .map(entry -> entry.getValue().apply(fields))
                .orElse(NoParameters.INSTANCE);
    }
}
