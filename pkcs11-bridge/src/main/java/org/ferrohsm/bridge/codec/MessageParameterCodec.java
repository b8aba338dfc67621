// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.service.MessageOutcome;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code m} and {@code N} (docs/spec/wire.md, "Parameters of messages"). */
public final class MessageParameterCodec {
    private static final long NULL_MECHANISM = 0xffffffffL;
    private static final int NONE = 0;
    private static final int BYTES = 1;
    private static final int MESSAGE = 2;

    private MessageParameterCodec() {}

    /** {@code m}. */
    public static MechanismParameters read(WireReader in) {
        int form = in.octet();
        return switch (form) {
            case NONE -> NoParameters.INSTANCE;
            case BYTES -> new RawParameters(in.blockOrEmpty());
            case MESSAGE -> message(in);
            default -> throw Fault.DEVICE_ERROR.because("malformed message: a parameter of form " + form);
        };
    }

    private static MessageParameters message(WireReader in) {
        long dataLength = in.ulong();
        byte[] nonce = in.blockOrEmpty();
        long fixedBits = in.ulong();
        long generator = in.ulong();
        byte[] tag = in.blockOrEmpty();
        return new MessageParameters(nonce, fixedBits, generator, tag, in.ulong(), dataLength);
    }

    /** {@code N}; null for a NULL pointer. */
    public static @Nullable MechanismCall readMechanismOrNull(WireReader in) {
        long type = in.type();
        return type == NULL_MECHANISM ? null : new MechanismCall(type, read(in));
    }

    /**
     * {@code N}.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD for a NULL pointer
     */
    public static MechanismCall readMechanism(WireReader in) {
        MechanismCall mechanism = readMechanismOrNull(in);
        if (mechanism == null) {
            throw Fault.ARGUMENTS_BAD.because("a NULL mechanism");
        }
        return mechanism;
    }

    /** {@code m} of an answer: what was made. */
    public static void write(WireWriter out, MessageOutcome outcome) {
        byte[] nonce = outcome.nonce();
        byte[] tag = outcome.tag();
        if (nonce == null && tag == null) {
            out.octet(0);
            return;
        }
        out.octet(1);
        write(out, nonce);
        write(out, tag);
    }

    private static void write(WireWriter out, byte @Nullable [] bytes) {
        if (bytes == null) {
            out.noBlock();
        } else {
            out.block(bytes);
        }
    }
}
