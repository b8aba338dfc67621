// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.function.UnaryOperator;
import org.ferrohsm.core.fault.Fault;

/** A signature over an input that is taken whole: parts accumulate up to a bound. */
public final class WholeSigner implements Signer {
    private final Accumulator input;
    private final int signatureLength;
    private final UnaryOperator<byte[]> signature;

    /** Inputs of more than {@code limit} bytes are DATA_LEN_RANGE. */
    public WholeSigner(int limit, int signatureLength, UnaryOperator<byte[]> signature) {
        this.input = new Accumulator(limit, Fault.DATA_LEN_RANGE);
        this.signatureLength = signatureLength;
        this.signature = signature;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        input.add(data, offset, length);
    }

    @Override
    public byte[] sign() {
        return signature.apply(input.take());
    }

    @Override
    public int signatureLength() {
        return signatureLength;
    }
}
