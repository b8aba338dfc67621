// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;

/** Structs of agreement and derivation. */
final class DerivationParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.of(
            ParameterLayout.CK_ECDH1_DERIVE_PARAMS,
            in -> new EcdhParameters(in.ulong(), in.blockOrEmpty(), in.blockOrEmpty()));

    private DerivationParameterReaders() {}
}
