// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.ferrohsm.core.fault.Fault;

/** An encryption or decryption of an input that is taken whole: nothing comes out before the end. */
public final class WholeCipher implements CipherStream {
    private static final int LONGEST = Integer.MAX_VALUE - 64;

    private final Accumulator input;
    private final IntUnaryOperator outputBound;
    private final boolean exact;
    private final UnaryOperator<byte[]> work;

    /**
     * Inputs of more than {@code limit} bytes are {@code tooLong}; the output has at most {@code outputBound} bytes, or
     * exactly so many.
     */
    public WholeCipher(int limit, Fault tooLong, int outputBound, boolean exact, UnaryOperator<byte[]> work) {
        this(limit, tooLong, length -> outputBound, exact, work);
    }

    private WholeCipher(
            int limit, Fault tooLong, IntUnaryOperator outputBound, boolean exact, UnaryOperator<byte[]> work) {
        this.input = new Accumulator(limit, tooLong);
        this.outputBound = outputBound;
        this.exact = exact;
        this.work = work;
    }

    /** Of any length that fits in memory; {@code outputLength} gives what {@code work} makes of so many bytes. */
    public static WholeCipher ofAnyLength(Fault tooLong, IntUnaryOperator outputLength, UnaryOperator<byte[]> work) {
        return new WholeCipher(LONGEST, tooLong, length -> Math.max(0, outputLength.applyAsInt(length)), true, work);
    }

    /** Of {@code least} bytes or more, and {@code work} makes as many of them. */
    public static WholeCipher keepingLength(boolean encrypting, int least, UnaryOperator<byte[]> work) {
        Fault wrongLength = encrypting ? Fault.DATA_LEN_RANGE : Fault.ENCRYPTED_DATA_LEN_RANGE;
        return ofAnyLength(wrongLength, length -> length, data -> {
            if (data.length < least) {
                throw wrongLength.because("less than " + least + " bytes");
            }
            return work.apply(data);
        });
    }

    @Override
    public int updateSize(int inputLength) {
        return 0;
    }

    @Override
    public int finishSize(int inputLength) {
        return outputBound.applyAsInt(input.length() + inputLength);
    }

    @Override
    public boolean sizesExact() {
        return exact;
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
