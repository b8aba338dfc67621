// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;

/** A running MAC, to make or to compare. */
final class MacOperation implements Signer, Verifier {
    /** A MAC that a caller shortens is guessed byte by byte; RFC 2104 section 5 and NIST SP 800-224 set the floor. */
    private static final int MIN_LENGTH = 8;

    private final Spare<MacFunction> spare;
    private final MacFunction mac;
    private final int length;

    /** The first {@code length} bytes of a MAC of {@code spare}. */
    MacOperation(Spare<MacFunction> spare, int length) {
        this.spare = spare;
        this.mac = spare.take();
        this.length = length;
    }

    /** The length that a caller asks for, at most {@code whole}; MECHANISM_PARAM_INVALID. */
    static int length(MechanismParameters parameters, int whole) {
        long length = Checks.parameters(MacLengthParameters.class, parameters).bytes();
        if (length < Math.min(MIN_LENGTH, whole) || length > whole) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a MAC of " + length + " bytes");
        }
        return (int) length;
    }

    @Override
    public void update(byte[] data, int offset, int count) {
        mac.update(data, offset, count);
    }

    @Override
    public byte[] sign() {
        byte[] whole = mac.finish();
        spare.giveBack(mac);
        return length == whole.length ? whole : Arrays.copyOf(whole, length);
    }

    @Override
    public void verify(byte[] signature) {
        requireEqual(sign(), signature);
    }

    /** SIGNATURE_LEN_RANGE or SIGNATURE_INVALID unless {@code given} is the expected MAC. */
    static void requireEqual(byte[] expected, byte[] given) {
        if (given.length != expected.length) {
            throw Fault.SIGNATURE_LEN_RANGE.because("a MAC of " + given.length + " bytes");
        }
        if (!MessageDigest.isEqual(expected, given)) {
            throw Fault.SIGNATURE_INVALID.because("the MAC is another");
        }
    }

    @Override
    public int signatureLength() {
        return length;
    }
}
