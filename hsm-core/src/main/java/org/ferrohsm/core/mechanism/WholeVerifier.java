// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.function.BiConsumer;
import org.ferrohsm.core.fault.Fault;

/** A verification over an input that is taken whole: parts accumulate up to a bound. */
public final class WholeVerifier implements Verifier {
    private final Accumulator input;
    private final BiConsumer<byte[], byte[]> check;

    /** {@code check} takes data and signature and throws as {@link Verifier#verify} does. */
    public WholeVerifier(int limit, BiConsumer<byte[], byte[]> check) {
        this.input = new Accumulator(limit, Fault.DATA_LEN_RANGE);
        this.check = check;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        input.add(data, offset, length);
    }

    @Override
    public void verify(byte[] signature) {
        check.accept(input.take(), signature);
    }
}
