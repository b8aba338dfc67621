// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;

/** Structs of agreement and derivation. */
final class DerivationParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.of(
            ParameterLayout.CK_ECDH1_DERIVE_PARAMS,
                    in -> new EcdhParameters(in.ulong(), in.blockOrEmpty(), in.blockOrEmpty()),
            ParameterLayout.CK_KEY_DERIVATION_STRING_DATA, in -> new StringDataParameters(in.blockOrEmpty()),
            ParameterLayout.CK_AES_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData,
            ParameterLayout.CK_CAMELLIA_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData,
            ParameterLayout.CK_ARIA_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData,
            ParameterLayout.CK_SEED_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData,
            ParameterLayout.CK_DES_CBC_ENCRYPT_DATA_PARAMS, DerivationParameterReaders::cbcData);

    private DerivationParameterReaders() {}

    private static MechanismParameters cbcData(WireReader in) {
        return new CbcDataParameters(in.blockOrEmpty(), in.blockOrEmpty());
    }
}
