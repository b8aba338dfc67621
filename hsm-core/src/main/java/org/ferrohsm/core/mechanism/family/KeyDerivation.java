// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** What is made of an agreed secret: itself (CKD_NULL), or the KDF of ANSI X9.63 (SEC 1 section 3.6.1). */
final class KeyDerivation {
    private final @Nullable Hash hash;
    private final byte[] sharedInfo;
    private final Engines engines;

    private KeyDerivation(@Nullable Hash hash, byte[] sharedInfo, Engines engines) {
        this.hash = hash;
        this.sharedInfo = sharedInfo;
        this.engines = engines;
    }

    /** MECHANISM_PARAM_INVALID for another function, and for shared data that CKD_NULL would not use. */
    static KeyDerivation of(EcdhParameters parameters, Engines engines) {
        byte[] sharedInfo = parameters.sharedData();
        if (parameters.kdf() == Ckd.CKD_NULL) {
            if (sharedInfo.length != 0) {
                throw Fault.MECHANISM_PARAM_INVALID.because("CKD_NULL takes no shared data");
            }
            return new KeyDerivation(null, sharedInfo, engines);
        }
        Hash hash = Hash.ofKdf(parameters.kdf())
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no " + Ckd.name(parameters.kdf())));
        return new KeyDerivation(hash, sharedInfo, engines);
    }

    /** The last {@code length} bytes of the secret itself, or the first of the KDF's output. */
    SecretBytes derive(SecretBytes secret, int length) {
        if (hash == null) {
            if (length > secret.length()) {
                throw Fault.TEMPLATE_INCONSISTENT.because("more bytes than the agreed secret has");
            }
            return secret.use(
                    bytes -> SecretBytes.adopt(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length)));
        }
        MessageDigest digest = engines.digest(hash.digestName());
        return secret.use(bytes -> {
            byte[] output = new byte[length];
            for (int at = 0, counter = 1; at < length; at += digest.getDigestLength(), counter++) {
                digest.update(bytes);
                digest.update(new byte[] {0, 0, (byte) (counter >> 8), (byte) counter});
                digest.update(sharedInfo);
                byte[] block = digest.digest();
                System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
                Arrays.fill(block, (byte) 0);
            }
            return SecretBytes.adopt(output);
        });
    }
}
