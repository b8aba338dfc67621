// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;

/** A stream that may take only so many bytes: counter mode, whose counter must not come round. */
final class BoundedStream implements CipherStream {
    private final CipherStream inner;
    private long left;

    BoundedStream(CipherStream inner, long limit) {
        this.inner = inner;
        this.left = limit;
    }

    @Override
    public int updateSize(int inputLength) {
        return inner.updateSize(inputLength);
    }

    @Override
    public int finishSize(int inputLength) {
        return inner.finishSize(inputLength);
    }

    @Override
    public boolean sizesExact() {
        return inner.sizesExact();
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        count(length);
        return inner.update(input, offset, length);
    }

    @Override
    public byte[] finish(byte[] input, int offset, int length) {
        count(length);
        return inner.finish(input, offset, length);
    }

    private void count(int length) {
        left -= length;
        if (left < 0) {
            throw Fault.DATA_LEN_RANGE.because("the counter would come round");
        }
    }
}
