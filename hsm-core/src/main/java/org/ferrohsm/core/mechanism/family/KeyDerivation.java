// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * What is made of an agreed secret: itself (CKD_NULL), or the KDF of ANSI X9.63 (SEC 1 section 3.6.1) or of NIST SP
 * 800-56C section 4.1.
 */
final class KeyDerivation {
    /** The functions of SP 800-56C: the counter stands in front of the secret. */
    private static final Map<Long, Hash> COUNTER_FIRST = Map.of(
            Ckd.CKD_SHA1_KDF_SP800, Hash.SHA1,
            Ckd.CKD_SHA224_KDF_SP800, Hash.SHA224,
            Ckd.CKD_SHA256_KDF_SP800, Hash.SHA256,
            Ckd.CKD_SHA384_KDF_SP800, Hash.SHA384,
            Ckd.CKD_SHA512_KDF_SP800, Hash.SHA512,
            Ckd.CKD_SHA3_224_KDF_SP800, Hash.SHA3_224,
            Ckd.CKD_SHA3_256_KDF_SP800, Hash.SHA3_256,
            Ckd.CKD_SHA3_384_KDF_SP800, Hash.SHA3_384,
            Ckd.CKD_SHA3_512_KDF_SP800, Hash.SHA3_512);

    private final @Nullable Hash hash;
    private final boolean counterFirst;
    private final byte[] sharedInfo;
    private final Engines engines;

    private KeyDerivation(@Nullable Hash hash, boolean counterFirst, byte[] sharedInfo, Engines engines) {
        this.hash = hash;
        this.counterFirst = counterFirst;
        this.sharedInfo = sharedInfo;
        this.engines = engines;
    }

    /** MECHANISM_PARAM_INVALID for another function, and for shared data that CKD_NULL would not use. */
    static KeyDerivation of(long kdf, byte[] sharedInfo, Engines engines) {
        if (kdf == Ckd.CKD_NULL) {
            if (sharedInfo.length != 0) {
                throw Fault.MECHANISM_PARAM_INVALID.because("CKD_NULL takes no shared data");
            }
            return new KeyDerivation(null, false, sharedInfo, engines);
        }
        Hash counterFirst = COUNTER_FIRST.get(kdf);
        Hash hash = counterFirst != null
                ? counterFirst
                : Hash.ofKdf(kdf).orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no " + Ckd.name(kdf)));
        return new KeyDerivation(hash, counterFirst != null, sharedInfo, engines);
    }

    /** The last {@code length} bytes of the secret itself, or the first of the KDF's output. */
    SecretBytes derive(SecretBytes secret, int length) {
        return hash == null
                ? part(secret, secret.length() - length, length, Fault.TEMPLATE_INCONSISTENT)
                : expand(secret, hash, length);
    }

    /** The first {@code length} bytes, of the secret itself or of the KDF's output. */
    SecretBytes deriveFirst(SecretBytes secret, int length) {
        return hash == null ? part(secret, 0, length, Fault.MECHANISM_PARAM_INVALID) : expand(secret, hash, length);
    }

    private static SecretBytes part(SecretBytes secret, int from, int length, Fault tooLong) {
        if (length > secret.length()) {
            throw tooLong.because("more bytes than the agreed secret has");
        }
        return secret.use(bytes -> SecretBytes.adopt(Arrays.copyOfRange(bytes, from, from + length)));
    }

    private SecretBytes expand(SecretBytes secret, Hash hash, int length) {
        MessageDigest digest = engines.digest(hash.digestName());
        return secret.use(bytes -> {
            byte[] output = new byte[length];
            for (int at = 0, counter = 1; at < length; at += digest.getDigestLength(), counter++) {
                byte[] number = {0, 0, (byte) (counter >> 8), (byte) counter};
                digest.update(counterFirst ? number : bytes);
                digest.update(counterFirst ? bytes : number);
                digest.update(sharedInfo);
                byte[] block = digest.digest();
                System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
                Arrays.fill(block, (byte) 0);
            }
            return SecretBytes.adopt(output);
        });
    }
}
