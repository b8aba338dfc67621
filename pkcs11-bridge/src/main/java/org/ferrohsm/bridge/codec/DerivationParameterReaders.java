// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.PbeParameters;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.mechanism.parameter.PrfField;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;

/** Structs of agreement and derivation. */
final class DerivationParameterReaders {
    /** Type, length of the bytes, order, width, method and handle of a field. */
    private static final int PRF_FIELD_SIZE = 8 + 4 + 1 + 8 + 8 + 8;

    static final Map<ParameterLayout, ParameterReader> ALL = Map.ofEntries(
            entry(ParameterLayout.CK_ECDH1_DERIVE_PARAMS, DerivationParameterReaders::agreement),
            entry(ParameterLayout.CK_X9_42_DH1_DERIVE_PARAMS, DerivationParameterReaders::agreement),
            entry(ParameterLayout.CK_KEY_DERIVATION_STRING_DATA, in -> new StringDataParameters(in.blockOrEmpty())),
            entry(ParameterLayout.CK_AES_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData),
            entry(ParameterLayout.CK_CAMELLIA_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData),
            entry(ParameterLayout.CK_ARIA_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData),
            entry(ParameterLayout.CK_SEED_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData),
            entry(ParameterLayout.CK_DES_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData),
            entry(ParameterLayout.CK_HKDF_PARAMS, DerivationParameterReaders::hkdf),
            entry(ParameterLayout.CK_PKCS5_PBKD2_PARAMS2, DerivationParameterReaders::pbkd2),
            entry(
                    ParameterLayout.CK_PBE_PARAMS,
                    in -> new PbeParameters(in.blockOrEmpty(), in.blockOrEmpty(), in.ulong())),
            entry(
                    ParameterLayout.CK_SP800_108_KDF_PARAMS,
                    in -> new KbkdfParameters(in.ulong(), prfFields(in), new byte[0], templates(in))),
            entry(
                    ParameterLayout.CK_SP800_108_FEEDBACK_KDF_PARAMS,
                    in -> new KbkdfParameters(in.ulong(), prfFields(in), in.blockOrEmpty(), templates(in))));

    /** The number of attributes that a template begins with. */
    private static final int TEMPLATE_SIZE = 4;

    private DerivationParameterReaders() {}

    private static EcdhParameters agreement(WireReader in) {
        return new EcdhParameters(in.ulong(), in.blockOrEmpty(), in.blockOrEmpty());
    }

    private static CbcDataParameters cbcData(WireReader in) {
        return new CbcDataParameters(in.blockOrEmpty(), in.blockOrEmpty());
    }

    private static HkdfParameters hkdf(WireReader in) {
        boolean extract = in.flag();
        boolean expand = in.flag();
        long hash = in.ulong();
        long saltType = in.ulong();
        byte[] salt = in.blockOrEmpty();
        long saltKey = in.ulong();
        return new HkdfParameters(extract, expand, hash, saltType, salt, saltKey, null, in.blockOrEmpty());
    }

    private static Pbkd2Parameters pbkd2(WireReader in) {
        return new Pbkd2Parameters(
                in.ulong(), in.blockOrEmpty(), in.ulong(), in.ulong(), in.blockOrEmpty(), in.blockOrEmpty());
    }

    private static List<PrfField> prfFields(WireReader in) {
        int count = in.count(PRF_FIELD_SIZE);
        List<PrfField> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(
                    new PrfField(in.ulong(), in.blockOrEmpty(), in.flag(), in.ulong(), in.ulong(), in.ulong(), null));
        }
        return fields;
    }

    private static List<Template> templates(WireReader in) {
        int count = in.count(TEMPLATE_SIZE);
        List<Template> templates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            templates.add(TemplateReader.read(in));
        }
        return templates;
    }
}
