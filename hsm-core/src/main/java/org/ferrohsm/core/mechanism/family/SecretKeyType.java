// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckk;

/** The secret key types that are nothing but a value, and the lengths in bytes that they have. */
enum SecretKeyType {
    GENERIC(Ckk.CKK_GENERIC_SECRET, 1, 4096),
    MD5_HMAC(Ckk.CKK_MD5_HMAC, 1, 4096),
    RIPEMD160_HMAC(Ckk.CKK_RIPEMD160_HMAC, 1, 4096),
    SHA_1_HMAC(Ckk.CKK_SHA_1_HMAC, 1, 4096),
    SHA224_HMAC(Ckk.CKK_SHA224_HMAC, 1, 4096),
    SHA256_HMAC(Ckk.CKK_SHA256_HMAC, 1, 4096),
    SHA384_HMAC(Ckk.CKK_SHA384_HMAC, 1, 4096),
    SHA512_HMAC(Ckk.CKK_SHA512_HMAC, 1, 4096),
    SHA512_224_HMAC(Ckk.CKK_SHA512_224_HMAC, 1, 4096),
    SHA512_256_HMAC(Ckk.CKK_SHA512_256_HMAC, 1, 4096),
    SHA3_224_HMAC(Ckk.CKK_SHA3_224_HMAC, 1, 4096),
    SHA3_256_HMAC(Ckk.CKK_SHA3_256_HMAC, 1, 4096),
    SHA3_384_HMAC(Ckk.CKK_SHA3_384_HMAC, 1, 4096),
    SHA3_512_HMAC(Ckk.CKK_SHA3_512_HMAC, 1, 4096),
    BLAKE2B_160_HMAC(Ckk.CKK_BLAKE2B_160_HMAC, 1, 4096),
    BLAKE2B_256_HMAC(Ckk.CKK_BLAKE2B_256_HMAC, 1, 4096),
    BLAKE2B_384_HMAC(Ckk.CKK_BLAKE2B_384_HMAC, 1, 4096),
    BLAKE2B_512_HMAC(Ckk.CKK_BLAKE2B_512_HMAC, 1, 4096),
    HKDF(Ckk.CKK_HKDF, 1, 4096),
    AES(Ckk.CKK_AES, 16, 32, 8),
    AES_XTS(Ckk.CKK_AES_XTS, 32, 64, 32),
    CAMELLIA(Ckk.CKK_CAMELLIA, 16, 32, 8),
    ARIA(Ckk.CKK_ARIA, 16, 32, 8),
    SEED(Ckk.CKK_SEED, 16, 16),
    DES2(Ckk.CKK_DES2, 16, 16),
    DES3(Ckk.CKK_DES3, 24, 24),
    CHACHA20(Ckk.CKK_CHACHA20, 32, 32),
    SALSA20(Ckk.CKK_SALSA20, 16, 32, 16),
    POLY1305(Ckk.CKK_POLY1305, 32, 32);

    private static final Map<Long, SecretKeyType> BY_NUMBER =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(one -> one.number, Function.identity()));

    private final long number;
    private final int min;
    private final int max;
    private final int step;

    SecretKeyType(long number, int min, int max) {
        this(number, min, max, 1);
    }

    SecretKeyType(long number, int min, int max, int step) {
        this.number = number;
        this.min = min;
        this.max = max;
        this.step = step;
    }

    /** The type CKK_* {@code number}; null if its keys are more than a value, or not known. */
    static @org.jspecify.annotations.Nullable SecretKeyType of(long number) {
        return BY_NUMBER.get(number);
    }

    /** CKK_*. */
    long number() {
        return number;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    boolean isLength(long bytes) {
        return bytes >= min && bytes <= max && (bytes - min) % step == 0;
    }

    /** Whether every key has the same length, so that no template need say it. */
    boolean hasOneLength() {
        return min == max;
    }

    /** Whether a key may have nearly any length: one that can be cut from what a derivation gives. */
    boolean isOfAnyLength() {
        return min == 1;
    }

    /** Whether its bytes carry parity. */
    boolean hasParity() {
        return this == DES2 || this == DES3;
    }
}
