// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
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
import org.jspecify.annotations.Nullable;

/** Reads {@code M} (docs/spec/wire.md, "Mechanisms"). Whether the mechanism fits the call is the core's to say. */
public final class MechanismReader {
    private static final long NULL_MECHANISM = 0xffffffffL;

    private MechanismReader() {}

    /**
     * The mechanism, or null for a NULL pointer.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_INVALID for one whose parameter no mechanism of the core
     *     takes
     */
    public static @Nullable MechanismCall readOrNull(WireReader in) {
        long type = in.type();
        if (type == NULL_MECHANISM) {
            return null;
        }
        ParameterLayout layout = ParameterLayout.of(type);
        return layout == ParameterLayout.NONE
                ? MechanismCall.of(type)
                : new MechanismCall(type, in.flag() ? parameters(type, layout, in) : NoParameters.INSTANCE);
    }

    /**
     * The mechanism.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD for a NULL pointer, and as {@link #readOrNull}
     */
    public static MechanismCall read(WireReader in) {
        MechanismCall mechanism = readOrNull(in);
        if (mechanism == null) {
            throw Fault.ARGUMENTS_BAD.because("a NULL mechanism");
        }
        return mechanism;
    }

    private static MechanismParameters parameters(long type, ParameterLayout layout, WireReader in) {
        return switch (layout) {
            case BYTES -> raw(in.blockOrEmpty());
            case CK_ULONG -> new MacLengthParameters(in.ulong());
            case CK_RSA_PKCS_PSS_PARAMS -> new PssParameters(in.ulong(), in.ulong(), in.ulong());
            case CK_RSA_PKCS_OAEP_PARAMS -> new OaepParameters(in.ulong(), in.ulong(), in.ulong(), in.blockOrEmpty());
            case CK_ECDH1_DERIVE_PARAMS -> new EcdhParameters(in.ulong(), in.blockOrEmpty(), in.blockOrEmpty());
            case CK_AES_CTR_PARAMS -> new CtrParameters(in.ulong(), in.blockOrEmpty());
            case CK_GCM_PARAMS -> gcm(in);
            case CK_EDDSA_PARAMS -> new EddsaParameters(in.flag(), in.blockOrEmpty());
            default -> throw Fault.MECHANISM_INVALID.because("there is no " + Ckm.name(type));
        };
    }

    /** A parameter of no bytes is none, whether its pointer is NULL or not. */
    private static MechanismParameters raw(byte[] bytes) {
        return bytes.length == 0 ? NoParameters.INSTANCE : new RawParameters(bytes);
    }

    private static GcmParameters gcm(WireReader in) {
        byte[] iv = in.blockOrEmpty();
        /* ulIvBits: many callers leave it 0, and the length of the bytes says the same. */
        in.ulong();
        return new GcmParameters(iv, in.blockOrEmpty(), in.ulong());
    }
}
