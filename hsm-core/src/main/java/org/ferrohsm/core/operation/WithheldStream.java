// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import java.io.ByteArrayOutputStream;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;

/** A cipher that gives nothing before its end: it may be that nobody agrees to what it is given. */
final class WithheldStream implements CipherStream {
    private static final int MAX = 64 << 20;

    private final CipherStream stream;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    WithheldStream(CipherStream stream) {
        this.stream = stream;
    }

    @Override
    public int updateSize(int inputLength) {
        return 0;
    }

    @Override
    public int finishSize(int inputLength) {
        return stream.finishSize(taken.size() + inputLength);
    }

    @Override
    public boolean sizesExact() {
        return stream.sizesExact();
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        if (length > MAX - taken.size()) {
            throw Fault.DATA_LEN_RANGE.because("what must be approved has at most " + MAX + " bytes");
        }
        taken.write(input, offset, length);
        return new byte[0];
    }

    @Override
    public byte[] finish(byte[] input, int offset, int length) {
        update(input, offset, length);
        byte[] whole = taken.toByteArray();
        return stream.finish(whole, 0, whole.length);
    }
}
