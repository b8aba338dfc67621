// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.parameter.Ike1PrfParameters;
import org.ferrohsm.core.mechanism.parameter.IkeExpansionParameters;
import org.ferrohsm.core.mechanism.parameter.IkePrfParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;

/** Structs of TLS and IPsec. */
final class ProtocolParameterReaders {
    static final Map<ParameterLayout, ParameterReader> ALL = Map.ofEntries(
            entry(ParameterLayout.CK_TLS_MAC_PARAMS, in -> new TlsMacParameters(in.ulong(), in.ulong(), in.ulong())),
            entry(ParameterLayout.CK_TLS_KDF_PARAMS, ProtocolParameterReaders::tlsKdf),
            entry(ParameterLayout.CK_SSL3_MASTER_KEY_DERIVE_PARAMS, ProtocolParameterReaders::tlsMaster),
            entry(ParameterLayout.CK_TLS12_MASTER_KEY_DERIVE_PARAMS, ProtocolParameterReaders::tls12Master),
            entry(
                    ParameterLayout.CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS,
                    in -> new TlsExtendedParameters(in.ulong(), in.blockOrEmpty())),
            entry(ParameterLayout.CK_SSL3_KEY_MAT_PARAMS, in -> tlsKeys(in, true)),
            entry(ParameterLayout.CK_TLS12_KEY_MAT_PARAMS, in -> tlsKeys(in, false)),
            entry(
                    ParameterLayout.CK_TLS_PRF_PARAMS,
                    in -> new TlsPrfParameters(in.blockOrEmpty(), in.blockOrEmpty(), in.ulong())),
            entry(ParameterLayout.CK_IKE_PRF_DERIVE_PARAMS, ProtocolParameterReaders::ikePrf),
            entry(ParameterLayout.CK_IKE1_PRF_DERIVE_PARAMS, ProtocolParameterReaders::ike1Prf),
            entry(ParameterLayout.CK_IKE1_EXTENDED_DERIVE_PARAMS, ProtocolParameterReaders::ikeExpansion),
            entry(ParameterLayout.CK_IKE2_PRF_PLUS_DERIVE_PARAMS, ProtocolParameterReaders::ikeExpansion));

    private ProtocolParameterReaders() {}

    private static TlsDerivationParameters tlsKdf(WireReader in) {
        return new TlsDerivationParameters(
                in.ulong(), in.blockOrEmpty(), in.blockOrEmpty(), in.blockOrEmpty(), in.blockOrEmpty());
    }

    private static TlsDerivationParameters tlsMaster(WireReader in) {
        return new TlsDerivationParameters(
                Ckm.CKM_TLS_PRF, new byte[0], in.blockOrEmpty(), in.blockOrEmpty(), new byte[0]);
    }

    private static TlsDerivationParameters tls12Master(WireReader in) {
        byte[] client = in.blockOrEmpty();
        byte[] server = in.blockOrEmpty();
        return new TlsDerivationParameters(in.ulong(), new byte[0], client, server, new byte[0]);
    }

    /** {@code old}: of TLS 1.0, whose function has no choice of a hash. */
    private static TlsKeyParameters tlsKeys(WireReader in, boolean old) {
        long macBits = in.ulong();
        long keyBits = in.ulong();
        long ivBits = in.ulong();
        boolean export = in.flag();
        byte[] client = in.blockOrEmpty();
        byte[] server = in.blockOrEmpty();
        return new TlsKeyParameters(
                old ? Ckm.CKM_TLS_PRF : in.ulong(), macBits, keyBits, ivBits, export, client, server);
    }

    private static IkePrfParameters ikePrf(WireReader in) {
        return new IkePrfParameters(
                in.ulong(), in.flag(), in.flag(), in.blockOrEmpty(), in.blockOrEmpty(), in.ulong(), List.of());
    }

    private static Ike1PrfParameters ike1Prf(WireReader in) {
        return new Ike1PrfParameters(
                in.ulong(),
                in.flag(),
                in.ulong(),
                in.ulong(),
                in.blockOrEmpty(),
                in.blockOrEmpty(),
                in.octet(),
                List.of());
    }

    private static IkeExpansionParameters ikeExpansion(WireReader in) {
        return new IkeExpansionParameters(in.ulong(), in.flag(), in.ulong(), in.blockOrEmpty(), List.of());
    }
}
