// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.bouncycastle.crypto.SkippingStreamCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;
import org.ferrohsm.core.secret.SecretBytes;

/** A running stream cipher, which starts at any block of its stream. */
final class StreamCipherStream implements CipherStream {
    private static final int BLOCK = 64;

    /** A nonce of this length leaves a counter of four bytes (RFC 8439 section 2.3). */
    private static final int LONG_NONCE = 12;

    private final SkippingStreamCipher cipher;

    private StreamCipherStream(SkippingStreamCipher cipher) {
        this.cipher = cipher;
    }

    /** MECHANISM_PARAM_INVALID for a counter that the variant does not have. */
    static CipherStream open(SkippingStreamCipher cipher, SecretBytes key, StreamCipherParameters given) {
        int width = given.counter().length;
        boolean fits = given.nonce().length == LONG_NONCE ? width == 4 : width == 4 || width == 8;
        if (!fits) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a counter of " + width + " bytes");
        }
        long block = 0;
        for (int i = width - 1; i >= 0; i--) {
            block = block << 8 | (given.counter()[i] & 0xff);
        }
        if (block < 0 || block > Long.MAX_VALUE / BLOCK) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a counter near its end");
        }
        key.use(bytes -> {
            cipher.init(true, new ParametersWithIV(new KeyParameter(bytes), given.nonce()));
            return bytes.length;
        });
        cipher.seekTo(block * BLOCK);
        long blocks = given.nonce().length == LONG_NONCE ? (1L << 32) - block : Long.MAX_VALUE / BLOCK - block;
        /* The engine counts on as soon as it has given the last byte of a block, and fails where there is no next one. */
        return new BoundedStream(new StreamCipherStream(cipher), blocks * BLOCK - 1);
    }

    @Override
    public int updateSize(int inputLength) {
        return inputLength;
    }

    @Override
    public int finishSize(int inputLength) {
        return inputLength;
    }

    @Override
    public boolean sizesExact() {
        return true;
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        byte[] output = new byte[length];
        cipher.processBytes(input, offset, length, output, 0);
        return output;
    }

    @Override
    public byte[] finish(byte[] input, int offset, int length) {
        return update(input, offset, length);
    }
}
