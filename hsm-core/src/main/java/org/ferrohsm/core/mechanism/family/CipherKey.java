// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The engine's form of a block cipher's key, with ciphers between two uses. */
final class CipherKey {
    private final BlockCipher block;
    private final SecretKey secret;
    private final Engines engines;
    private final Map<BlockMode, Spare<Cipher>> encryptors = new ConcurrentHashMap<>();
    private final Map<BlockMode, Spare<Cipher>> decryptors = new ConcurrentHashMap<>();
    private final Map<ChainedMac.Kind, Spare<MacFunction>> macs = new ConcurrentHashMap<>();

    /** A key for {@code block} that need not be an object's. */
    CipherKey(BlockCipher block, SecretKey secret, Engines engines) {
        this.block = block;
        this.secret = secret;
        this.engines = engines;
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is a key for {@code block}. */
    static CipherKey of(HsmObject key, BlockCipher block, Engines engines) {
        boolean twoKeys = block == BlockCipher.DES3 && key.keyType() == Ckk.CKK_DES2;
        Checks.key(
                key, Cko.CKO_SECRET_KEY, twoKeys ? Ckk.CKK_DES2 : block.keys().number());
        return key.prepared(CipherKey.class, k -> new CipherKey(block, lent(k.secret(Cka.CKA_VALUE), block), engines));
    }

    /** A double-length DES key is a triple-length one whose third part is the first. */
    static LentKey lent(SecretBytes value, BlockCipher block) {
        return block == BlockCipher.DES3 && value.length() == 16
                ? new LentKey(block.algorithm(), value, two -> {
                    byte[] three = Arrays.copyOf(two, 24);
                    System.arraycopy(two, 0, three, 16, 8);
                    return three;
                })
                : new LentKey(block.algorithm(), value);
    }

    BlockCipher block() {
        return block;
    }

    SecretKey secret() {
        return secret;
    }

    /** Ciphers of one mode and direction; whoever takes one initialises it. */
    Spare<Cipher> ciphers(BlockMode mode, boolean encrypting) {
        return (encrypting ? encryptors : decryptors)
                .computeIfAbsent(mode, m -> new Spare<>(() -> engines.cipher(m.transformation(block))));
    }

    /** MACs of one kind, ready for data. */
    Spare<MacFunction> macs(ChainedMac.Kind kind) {
        return macs.computeIfAbsent(kind, k -> new Spare<>(() -> new ChainedMac(this, k, engines)));
    }

    /** Whole blocks through ECB. */
    byte[] blocks(boolean encrypting, byte[] input) {
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "the cipher fails", () -> {
            Spare<Cipher> spare = ciphers(BlockMode.ECB, encrypting);
            Cipher cipher = spare.take();
            cipher.init(encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, secret);
            byte[] output = cipher.doFinal(input);
            spare.giveBack(cipher);
            return output;
        });
    }
}
