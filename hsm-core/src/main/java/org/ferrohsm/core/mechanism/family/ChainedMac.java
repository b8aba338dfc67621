// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * A MAC that is the last block of a CBC encryption. The kinds differ in how that last block is treated before it goes in:
 * plain CBC-MAC (FIPS PUB 113), CMAC (NIST SP 800-38B), XCBC (RFC 3566).
 */
final class ChainedMac implements MacFunction {
    /** What happens to the last block. */
    enum Kind {
        CBC_MAC,
        CMAC,
        XCBC
    }

    /** The data go through the engine in such pieces. */
    private static final int PIECE = 4096;

    private final int block;
    private final Kind kind;
    private final Cipher chain;
    private final byte[] ifWhole;
    private final byte[] ifPadded;
    private final byte[] pending = new byte[PIECE];
    private int held;
    private boolean any;

    /** A MAC under {@code key}, which is AES for XCBC. */
    ChainedMac(CipherKey key, Kind kind, Engines engines) {
        this.block = key.block().block();
        this.kind = kind;
        CipherKey chained = key;
        byte[] whole = new byte[block];
        byte[] padded = new byte[block];
        if (kind == Kind.CMAC) {
            whole = doubled(key.blocks(true, new byte[block]));
            padded = doubled(whole);
        } else if (kind == Kind.XCBC) {
            chained = new CipherKey(key.block(), CipherKey.lent(derived(key, 1), key.block()), engines);
            whole = key.blocks(true, filled(2));
            padded = key.blocks(true, filled(3));
        }
        this.ifWhole = whole;
        this.ifPadded = padded;
        CipherKey keyed = chained;
        this.chain = EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC cannot start", () -> {
            Cipher cipher = engines.cipher(BlockMode.CBC.transformation(keyed.block()));
            cipher.init(Cipher.ENCRYPT_MODE, keyed.secret(), new IvParameterSpec(new byte[block]));
            return cipher;
        });
    }

    private static SecretBytes derived(CipherKey key, int number) {
        return SecretBytes.adopt(key.blocks(true, filled(number)));
    }

    private static byte[] filled(int number) {
        byte[] constant = new byte[16];
        Arrays.fill(constant, (byte) number);
        return constant;
    }

    /** The product with x in the field of SP 800-38B. */
    private static byte[] doubled(byte[] value) {
        byte[] twice = new byte[value.length];
        int carry = 0;
        for (int i = value.length - 1; i >= 0; i--) {
            int shifted = (value[i] & 0xff) << 1 | carry;
            twice[i] = (byte) shifted;
            carry = shifted >> 8;
        }
        twice[value.length - 1] ^= (byte) (-carry & (value.length == 16 ? 0x87 : 0x1b));
        return twice;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        any |= length > 0;
        int at = offset;
        int left = length;
        while (left > 0) {
            if (held == PIECE) {
                chain.update(pending, 0, PIECE);
                held = 0;
            }
            int count = Math.min(left, PIECE - held);
            System.arraycopy(data, at, pending, held, count);
            held += count;
            at += count;
            left -= count;
        }
    }

    /** The last block, whole or not, has been held back. */
    @Override
    public byte[] finish() {
        boolean whole = any && held % block == 0;
        int end = held == 0 ? block : (held + block - 1) / block * block;
        Arrays.fill(pending, held, end, (byte) 0);
        if (!whole && kind != Kind.CBC_MAC) {
            pending[held] = (byte) 0x80;
        }
        byte[] mask = whole ? ifWhole : ifPadded;
        for (int i = 0; i < block; i++) {
            pending[end - block + i] ^= mask[i];
        }
        int last = end;
        byte[] output =
                EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC fails", () -> chain.doFinal(pending, 0, last));
        held = 0;
        any = false;
        return Arrays.copyOfRange(output, output.length - block, output.length);
    }
}
