// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Accumulator;
import org.ferrohsm.core.mechanism.CipherStream;

/** An encryption or decryption that needs all of its input: nothing comes out before the end. */
final class HeldStream implements CipherStream {
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final Accumulator input;
    private final IntUnaryOperator outputLength;
    private final UnaryOperator<byte[]> work;

    /** {@code outputLength} gives the exact length of what {@code work} makes of so many bytes. */
    HeldStream(Fault tooLong, IntUnaryOperator outputLength, UnaryOperator<byte[]> work) {
        this.input = new Accumulator(MOST, tooLong);
        this.outputLength = outputLength;
        this.work = work;
    }

    @Override
    public int updateSize(int inputLength) {
        return 0;
    }

    @Override
    public int finishSize(int inputLength) {
        return Math.max(0, outputLength.applyAsInt(input.length() + inputLength));
    }

    @Override
    public boolean sizesExact() {
        return true;
    }

    @Override
    public byte[] update(byte[] part, int offset, int length) {
        input.add(part, offset, length);
        return new byte[0];
    }

    @Override
    public byte[] finish(byte[] part, int offset, int length) {
        input.add(part, offset, length);
        byte[] whole = input.take();
        try {
            return work.apply(whole);
        } finally {
            Arrays.fill(whole, (byte) 0);
        }
    }
}
