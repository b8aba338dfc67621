// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ck;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.ExtractParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.mechanism.parameter.Ike1PrfParameters;
import org.ferrohsm.core.mechanism.parameter.IkeExpansionParameters;
import org.ferrohsm.core.mechanism.parameter.IkePrfParameters;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.OtherKeyParameters;
import org.ferrohsm.core.mechanism.parameter.PbeParameters;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.mechanism.parameter.PrfField;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;

/** The parameters of a vector: the first field of this table that the vector has says of which kind they are. */
final class VectorParameters {
    private static final Map<String, Function<VectorFields, MechanismParameters>> BY_FIELD = table();

    private static final Map<String, Long> FIELD_TYPES = Map.of(
            "iteration", Ck.CK_SP800_108_ITERATION_VARIABLE,
            "counter", Ck.CK_SP800_108_COUNTER,
            "keys", Ck.CK_SP800_108_DKM_LENGTH,
            "segments", Ck.CK_SP800_108_DKM_LENGTH,
            "bytes", Ck.CK_SP800_108_BYTE_ARRAY,
            "key", Ck.CK_SP800_108_KEY_HANDLE);

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
        table.put(
                "hkdf",
                f -> new HkdfParameters(
                        f.text("hkdf").contains("extract"),
                        f.text("hkdf").contains("expand"),
                        f.number("hash"),
                        f.number("salt-type"),
                        f.bytesOrNone("salt"),
                        0,
                        null,
                        f.bytesOrNone("info")));
        table.put(
                "iterations",
                f -> new Pbkd2Parameters(
                        f.number("salt-source"),
                        f.bytes("salt"),
                        f.number("iterations"),
                        f.number("prf"),
                        f.bytesOrNone("prf-data"),
                        f.bytes("password")));
        table.put("prf-fields", VectorParameters::kbkdf);
        table.put("first-bit", f -> new ExtractParameters(f.number("first-bit")));
        table.put("tls-side", f -> new TlsMacParameters(f.number("prf"), f.number("length"), f.number("tls-side")));
        table.put(
                "mac-bits",
                f -> new TlsKeyParameters(
                        f.number("prf"),
                        f.number("mac-bits"),
                        f.number("key-bits"),
                        f.number("iv-bits"),
                        f.has("export"),
                        f.bytes("client-random"),
                        f.bytes("server-random")));
        table.put("tls-seed", f -> new TlsPrfParameters(f.bytes("tls-seed"), f.bytes("label"), f.number("length")));
        table.put(
                "pbe-iterations",
                f -> new PbeParameters(f.bytes("password"), f.bytes("salt"), f.number("pbe-iterations")));
        table.put("session-hash", f -> new TlsExtendedParameters(f.number("prf"), f.bytes("session-hash")));
        table.put(
                "client-random",
                f -> new TlsDerivationParameters(
                        f.number("prf"),
                        f.bytesOrNone("label"),
                        f.bytes("client-random"),
                        f.bytes("server-random"),
                        f.bytesOrNone("context")));
        table.put(
                "ike-nonces",
                f -> new IkePrfParameters(
                        f.number("prf"),
                        f.text("ike-nonces").equals("key"),
                        f.has("other-key"),
                        f.bytes("initiator"),
                        f.bytes("responder"),
                        0,
                        List.of()));
        table.put(
                "ike-number",
                f -> new Ike1PrfParameters(
                        f.number("prf"),
                        f.text("other-key").contains(" "),
                        0,
                        0,
                        f.bytes("initiator"),
                        f.bytes("responder"),
                        (byte) f.number("ike-number"),
                        List.of()));
        table.put(
                "ike-data",
                f -> new IkeExpansionParameters(
                        f.number("prf"), f.has("other-key"), 0, f.bytes("ike-data"), List.of()));
        table.put("other-key", f -> new OtherKeyParameters(0, null));
        table.put("block-counter", f -> new StreamCipherParameters(f.bytes("block-counter"), f.bytes("nonce")));
        table.put("nonce", f -> new ChaChaPolyParameters(f.bytes("nonce"), f.bytesOrNone("aad")));
        table.put("raw", f -> new RawParameters(f.bytes("raw")));
        return table;
    }

    /**
     * {@code prf-fields} is a list of: iteration, iteration:BITS, counter:BITS, keys:BITS, segments:BITS (with le after
     * the bits for little-endian), bytes:HEX, key. {@code additional} is a list of CKK_TYPE:LENGTH.
     */
    private static MechanismParameters kbkdf(VectorFields fields) {
        List<PrfField> parts = Stream.of(fields.text("prf-fields").split(", *"))
                .map(VectorParameters::prfField)
                .toList();
        List<Template> additional = !fields.has("additional")
                ? List.of()
                : Stream.of(fields.text("additional").split(", *"))
                        .map(one -> one.split(":"))
                        .map(one -> Template.builder()
                                .put(Cka.CKA_KEY_TYPE, VectorNumbers.of(one[0]))
                                .put(Cka.CKA_VALUE_LEN, Long.parseLong(one[1]))
                                .build())
                        .toList();
        return new KbkdfParameters(fields.number("prf"), parts, fields.bytesOrNone("iv"), additional);
    }

    private static PrfField prfField(String text) {
        String[] parts = text.split(":", 2);
        String value = parts.length > 1 ? parts[1] : "";
        boolean bytes = parts[0].equals("bytes");
        boolean little = value.endsWith("le");
        String digits = little ? value.substring(0, value.length() - 2) : value;
        return new PrfField(
                Objects.requireNonNull(FIELD_TYPES.get(parts[0]), text),
                bytes ? HexFormat.of().parseHex(value) : new byte[0],
                little,
                bytes || digits.isEmpty() ? 0 : Long.parseLong(digits),
                parts[0].equals("segments") ? Ck.CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS : 1,
                0,
                null);
    }

    static MechanismParameters of(VectorFields fields) {
        return BY_FIELD.entrySet().stream()
                .filter(entry -> fields.has(entry.getKey()))
                .findFirst()
                .map(entry -> entry.getValue().apply(fields))
                .orElse(NoParameters.INSTANCE);
    }
}
