// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;

/** An authenticated cipher whose tag travels beside the ciphertext and not at its end. */
public final class TaggedStream implements CipherStream {
    private final CipherStream stream;
    private final int tagLength;
    private final boolean encrypting;
    private byte[] tag = new byte[0];

    /** {@code stream} has the tag at the end of the ciphertext. */
    public TaggedStream(CipherStream stream, long tagBits, boolean encrypting) {
        this.stream = stream;
        this.tagLength = (int) ((tagBits + 7) / 8);
        this.encrypting = encrypting;
    }

    /**
     * The tag that a decryption checks at its end.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID if it has another length
     */
    public void expect(byte[] expected) {
        if (expected.length != tagLength) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a tag of " + expected.length + " bytes");
        }
        tag = expected;
    }

    /** The tag of an encryption that has been finished. */
    public byte[] tag() {
        return tag;
    }

    @Override
    public int updateSize(int inputLength) {
        return stream.updateSize(inputLength);
    }

    @Override
    public int finishSize(int inputLength) {
        return encrypting
                ? stream.finishSize(inputLength) - tagLength
                : stream.finishSize(Math.addExact(inputLength, tagLength));
    }

    @Override
    public boolean sizesExact() {
        return stream.sizesExact();
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        return stream.update(input, offset, length);
    }

    @Override
    public byte[] finish(byte[] input, int offset, int length) {
        if (encrypting) {
            byte[] whole = stream.finish(input, offset, length);
            tag = Arrays.copyOfRange(whole, whole.length - tagLength, whole.length);
            return Arrays.copyOf(whole, whole.length - tagLength);
        }
        byte[] whole = new byte[length + tag.length];
        System.arraycopy(input, offset, whole, 0, length);
        System.arraycopy(tag, 0, whole, length, tag.length);
        return stream.finish(whole, 0, whole.length);
    }
}
