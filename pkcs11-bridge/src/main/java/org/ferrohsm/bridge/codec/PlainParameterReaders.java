// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.core.mechanism.parameter.ExtractParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OtherKeyParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;

/** Parameters that are no struct. */
final class PlainParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.of(
            ParameterLayout.BYTES, in -> raw(in.blockOrEmpty()),
            ParameterLayout.CK_ULONG, in -> new MacLengthParameters(in.ulong()),
            ParameterLayout.CK_OBJECT_HANDLE, in -> new OtherKeyParameters(in.ulong(), null),
            ParameterLayout.CK_EXTRACT_PARAMS, in -> new ExtractParameters(in.ulong()));

    private PlainParameterReaders() {}

    /** A parameter of no bytes is none, whether its pointer is NULL or not. */
    private static MechanismParameters raw(byte[] bytes) {
        return bytes.length == 0 ? NoParameters.INSTANCE : new RawParameters(bytes);
    }
}
