// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.secret.SecretBytes;

/** XTS over AES (IEEE 1619): each block under its own tweak, the last two sharing what does not fill one. */
final class Xts {
    static final int BLOCK = 16;

    private final CipherKey data;
    private final CipherKey tweak;

    /** {@code key} is the data key, then the tweak key. */
    Xts(SecretBytes key, Engines engines) {
        int half = key.length() / 2;
        this.data = aes(key, 0, half, engines);
        this.tweak = aes(key, half, 2 * half, engines);
    }

    private static CipherKey aes(SecretBytes key, int from, int to, Engines engines) {
        return new CipherKey(
                BlockCipher.AES, new LentKey("AES", key, bytes -> Arrays.copyOfRange(bytes, from, to)), engines);
    }

    /** One data unit of at least a block; {@code unit} is its number, little-endian. */
    byte[] run(boolean encrypting, byte[] unit, byte[] input) {
        int whole = input.length / BLOCK;
        int rest = input.length % BLOCK;
        byte[] tweaks = tweaks(unit, whole + (rest == 0 ? 0 : 1));
        if (rest == 0) {
            return blocks(encrypting, input, tweaks);
        }
        /* Whoever decrypts meets the last two tweaks in the other order (section 5.4.2). */
        int last = (whole - 1) * BLOCK;
        byte[] lastTweak = Arrays.copyOfRange(tweaks, last + BLOCK, last + 2 * BLOCK);
        byte[] before = Arrays.copyOfRange(tweaks, last, last + BLOCK);
        byte[] output = Arrays.copyOf(blocks(encrypting, Arrays.copyOf(input, last), tweaks), input.length);
        byte[] full =
                blocks(encrypting, Arrays.copyOfRange(input, last, last + BLOCK), encrypting ? before : lastTweak);
        byte[] stolen = full.clone();
        System.arraycopy(input, last + BLOCK, stolen, 0, rest);
        byte[] final16 = blocks(encrypting, stolen, encrypting ? lastTweak : before);
        System.arraycopy(final16, 0, output, last, BLOCK);
        System.arraycopy(full, 0, output, last + BLOCK, rest);
        return output;
    }

    private byte[] tweaks(byte[] unit, int count) {
        byte[] tweaks = Arrays.copyOf(tweak.blocks(true, unit), count * BLOCK);
        for (int block = 1; block < count; block++) {
            int carry = 0;
            for (int i = 0; i < BLOCK; i++) {
                int shifted = (tweaks[(block - 1) * BLOCK + i] & 0xff) << 1 | carry;
                tweaks[block * BLOCK + i] = (byte) shifted;
                carry = shifted >> 8;
            }
            tweaks[block * BLOCK] ^= (byte) (-carry & 0x87);
        }
        return tweaks;
    }

    private byte[] blocks(boolean encrypting, byte[] input, byte[] tweaks) {
        byte[] output = data.blocks(encrypting, xored(input, tweaks));
        return xored(output, tweaks);
    }

    private static byte[] xored(byte[] input, byte[] tweaks) {
        byte[] output = input.clone();
        for (int i = 0; i < output.length; i++) {
            output[i] ^= tweaks[i];
        }
        return output;
    }
}
