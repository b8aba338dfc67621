// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.mechanism.parameter.EcdhAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.HashSignContextParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;

/** Structs of asymmetric signatures and encryption. */
final class SignatureParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.of(
            ParameterLayout.CK_RSA_PKCS_PSS_PARAMS, in -> new PssParameters(in.ulong(), in.ulong(), in.ulong()),
            ParameterLayout.CK_RSA_PKCS_OAEP_PARAMS, SignatureParameterReaders::oaep,
            ParameterLayout.CK_RSA_AES_KEY_WRAP_PARAMS, in -> new RsaAesWrapParameters(in.ulong(), oaep(in)),
            ParameterLayout.CK_ECDH_AES_KEY_WRAP_PARAMS,
                    in -> new EcdhAesWrapParameters(in.ulong(), in.ulong(), in.blockOrEmpty()),
            ParameterLayout.CK_SIGN_ADDITIONAL_CONTEXT, in -> new SignContextParameters(in.ulong(), in.blockOrEmpty()),
            ParameterLayout.CK_HASH_SIGN_ADDITIONAL_CONTEXT,
                    in -> new HashSignContextParameters(in.ulong(), in.blockOrEmpty(), in.ulong()),
            ParameterLayout.CK_EDDSA_PARAMS, in -> new EddsaParameters(in.flag(), in.blockOrEmpty()));

    private SignatureParameterReaders() {}

    private static OaepParameters oaep(WireReader in) {
        return new OaepParameters(in.ulong(), in.ulong(), in.ulong(), in.blockOrEmpty());
    }
}
