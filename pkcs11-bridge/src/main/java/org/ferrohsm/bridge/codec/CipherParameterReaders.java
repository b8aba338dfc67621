// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static java.util.Map.entry;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;

/** Structs of ciphers and MACs. */
final class CipherParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.ofEntries(
            entry(ParameterLayout.CK_AES_CTR_PARAMS, CipherParameterReaders::ctr),
            entry(ParameterLayout.CK_CAMELLIA_CTR_PARAMS, CipherParameterReaders::ctr),
            entry(ParameterLayout.CK_GCM_PARAMS, CipherParameterReaders::gcm),
            entry(ParameterLayout.CK_CCM_PARAMS, CipherParameterReaders::ccm),
            entry(ParameterLayout.CK_CHACHA20_PARAMS, CipherParameterReaders::stream),
            entry(ParameterLayout.CK_SALSA20_PARAMS, CipherParameterReaders::stream),
            entry(
                    ParameterLayout.CK_SALSA20_CHACHA20_POLY1305_PARAMS,
                    in -> new ChaChaPolyParameters(in.blockOrEmpty(), in.blockOrEmpty())));

    private CipherParameterReaders() {}

    private static CtrParameters ctr(WireReader in) {
        return new CtrParameters(in.ulong(), in.blockOrEmpty());
    }

    private static StreamCipherParameters stream(WireReader in) {
        return new StreamCipherParameters(in.blockOrEmpty(), in.blockOrEmpty());
    }

    private static GcmParameters gcm(WireReader in) {
        byte[] iv = in.blockOrEmpty();
        /* ulIvBits: many callers leave it 0, and the length of the bytes says the same. */
        in.ulong();
        return new GcmParameters(iv, in.blockOrEmpty(), in.ulong());
    }

    private static CcmParameters ccm(WireReader in) {
        return new CcmParameters(in.ulong(), in.blockOrEmpty(), in.blockOrEmpty(), in.ulong());
    }
}
