// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.util.EnumMap;
import java.util.Map;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.jspecify.annotations.Nullable;

/** Reads {@code M} (docs/spec/wire.md, "Mechanisms"). Whether the mechanism fits the call is the core's to say. */
public final class MechanismReader {
    private static final long NULL_MECHANISM = 0xffffffffL;

    private static final Map<ParameterLayout, ParameterReader> READERS = new EnumMap<>(ParameterLayout.class);

    static {
        READERS.putAll(PlainParameterReaders.ALL);
        READERS.putAll(CipherParameterReaders.ALL);
        READERS.putAll(SignatureParameterReaders.ALL);
        READERS.putAll(DerivationParameterReaders.ALL);
        READERS.putAll(ProtocolParameterReaders.ALL);
    }

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
        if (layout == ParameterLayout.NONE) {
            if (!in.protocol().marksParameters()) {
                in.block();
            }
            return MechanismCall.of(type);
        }
        boolean given = !in.protocol().marksParameters() || in.flag();
        return new MechanismCall(type, given ? parameters(type, layout, in) : NoParameters.INSTANCE);
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
        ParameterReader reader = READERS.get(layout);
        if (reader == null) {
            throw Fault.MECHANISM_INVALID.because("there is no " + Ckm.name(type));
        }
        return reader.read(in);
    }
}
