// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;

/** Structs of ciphers and MACs. */
final class CipherParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.of(
            ParameterLayout.CK_AES_CTR_PARAMS,
            in -> new CtrParameters(in.ulong(), in.blockOrEmpty()),
            ParameterLayout.CK_GCM_PARAMS,
            CipherParameterReaders::gcm);

    private CipherParameterReaders() {}

    private static GcmParameters gcm(WireReader in) {
        byte[] iv = in.blockOrEmpty();
        /* ulIvBits: many callers leave it 0, and the length of the bytes says the same. */
        in.ulong();
        return new GcmParameters(iv, in.blockOrEmpty(), in.ulong());
    }
}
