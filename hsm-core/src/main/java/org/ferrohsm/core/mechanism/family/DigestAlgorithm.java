// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;

/**
 * The digests of the token, the numbers of what is made of each, and who has it: SHA-1 to SHA-3, BLAKE2b, and those that
 * are there for old data (PKCS#11 3.2 sections 6.20 to 6.23).
 */
enum DigestAlgorithm {
    MD5(
            "MD5",
            "HmacMD5",
            16,
            Ckm.CKM_MD5,
            Ckm.CKM_MD5_HMAC,
            Ckm.CKM_MD5_HMAC_GENERAL,
            DigestAlgorithm.NONE,
            Ckm.CKM_MD5_KEY_DERIVATION,
            Ckk.CKK_MD5_HMAC),
    RIPEMD160(
            "RIPEMD160",
            "HmacRIPEMD160",
            20,
            Ckm.CKM_RIPEMD160,
            Ckm.CKM_RIPEMD160_HMAC,
            Ckm.CKM_RIPEMD160_HMAC_GENERAL,
            DigestAlgorithm.NONE,
            DigestAlgorithm.NONE,
            Ckk.CKK_RIPEMD160_HMAC),
    SHA1(
            "SHA-1",
            "HmacSHA1",
            20,
            Ckm.CKM_SHA_1,
            Ckm.CKM_SHA_1_HMAC,
            Ckm.CKM_SHA_1_HMAC_GENERAL,
            Ckm.CKM_SHA_1_KEY_GEN,
            Ckm.CKM_SHA1_KEY_DERIVATION,
            Ckk.CKK_SHA_1_HMAC),
    SHA224(
            "SHA-224",
            "HmacSHA224",
            28,
            Ckm.CKM_SHA224,
            Ckm.CKM_SHA224_HMAC,
            Ckm.CKM_SHA224_HMAC_GENERAL,
            Ckm.CKM_SHA224_KEY_GEN,
            Ckm.CKM_SHA224_KEY_DERIVATION,
            Ckk.CKK_SHA224_HMAC),
    SHA256(
            "SHA-256",
            "HmacSHA256",
            32,
            Ckm.CKM_SHA256,
            Ckm.CKM_SHA256_HMAC,
            Ckm.CKM_SHA256_HMAC_GENERAL,
            Ckm.CKM_SHA256_KEY_GEN,
            Ckm.CKM_SHA256_KEY_DERIVATION,
            Ckk.CKK_SHA256_HMAC),
    SHA384(
            "SHA-384",
            "HmacSHA384",
            48,
            Ckm.CKM_SHA384,
            Ckm.CKM_SHA384_HMAC,
            Ckm.CKM_SHA384_HMAC_GENERAL,
            Ckm.CKM_SHA384_KEY_GEN,
            Ckm.CKM_SHA384_KEY_DERIVATION,
            Ckk.CKK_SHA384_HMAC),
    SHA512(
            "SHA-512",
            "HmacSHA512",
            64,
            Ckm.CKM_SHA512,
            Ckm.CKM_SHA512_HMAC,
            Ckm.CKM_SHA512_HMAC_GENERAL,
            Ckm.CKM_SHA512_KEY_GEN,
            Ckm.CKM_SHA512_KEY_DERIVATION,
            Ckk.CKK_SHA512_HMAC),
    SHA512_224(
            "SHA-512/224",
            "HmacSHA512/224",
            28,
            Ckm.CKM_SHA512_224,
            Ckm.CKM_SHA512_224_HMAC,
            Ckm.CKM_SHA512_224_HMAC_GENERAL,
            Ckm.CKM_SHA512_224_KEY_GEN,
            Ckm.CKM_SHA512_224_KEY_DERIVATION,
            Ckk.CKK_SHA512_224_HMAC),
    SHA512_256(
            "SHA-512/256",
            "HmacSHA512/256",
            32,
            Ckm.CKM_SHA512_256,
            Ckm.CKM_SHA512_256_HMAC,
            Ckm.CKM_SHA512_256_HMAC_GENERAL,
            Ckm.CKM_SHA512_256_KEY_GEN,
            Ckm.CKM_SHA512_256_KEY_DERIVATION,
            Ckk.CKK_SHA512_256_HMAC),
    SHA3_224(
            "SHA3-224",
            "HmacSHA3-224",
            28,
            Ckm.CKM_SHA3_224,
            Ckm.CKM_SHA3_224_HMAC,
            Ckm.CKM_SHA3_224_HMAC_GENERAL,
            Ckm.CKM_SHA3_224_KEY_GEN,
            Ckm.CKM_SHA3_224_KEY_DERIVATION,
            Ckk.CKK_SHA3_224_HMAC),
    SHA3_256(
            "SHA3-256",
            "HmacSHA3-256",
            32,
            Ckm.CKM_SHA3_256,
            Ckm.CKM_SHA3_256_HMAC,
            Ckm.CKM_SHA3_256_HMAC_GENERAL,
            Ckm.CKM_SHA3_256_KEY_GEN,
            Ckm.CKM_SHA3_256_KEY_DERIVATION,
            Ckk.CKK_SHA3_256_HMAC),
    SHA3_384(
            "SHA3-384",
            "HmacSHA3-384",
            48,
            Ckm.CKM_SHA3_384,
            Ckm.CKM_SHA3_384_HMAC,
            Ckm.CKM_SHA3_384_HMAC_GENERAL,
            Ckm.CKM_SHA3_384_KEY_GEN,
            Ckm.CKM_SHA3_384_KEY_DERIVATION,
            Ckk.CKK_SHA3_384_HMAC),
    SHA3_512(
            "SHA3-512",
            "HmacSHA3-512",
            64,
            Ckm.CKM_SHA3_512,
            Ckm.CKM_SHA3_512_HMAC,
            Ckm.CKM_SHA3_512_HMAC_GENERAL,
            Ckm.CKM_SHA3_512_KEY_GEN,
            Ckm.CKM_SHA3_512_KEY_DERIVATION,
            Ckk.CKK_SHA3_512_HMAC),
    BLAKE2B_160(
            "BLAKE2B-160",
            "",
            20,
            Ckm.CKM_BLAKE2B_160,
            Ckm.CKM_BLAKE2B_160_HMAC,
            Ckm.CKM_BLAKE2B_160_HMAC_GENERAL,
            Ckm.CKM_BLAKE2B_160_KEY_GEN,
            Ckm.CKM_BLAKE2B_160_KEY_DERIVE,
            Ckk.CKK_BLAKE2B_160_HMAC),
    BLAKE2B_256(
            "BLAKE2B-256",
            "",
            32,
            Ckm.CKM_BLAKE2B_256,
            Ckm.CKM_BLAKE2B_256_HMAC,
            Ckm.CKM_BLAKE2B_256_HMAC_GENERAL,
            Ckm.CKM_BLAKE2B_256_KEY_GEN,
            Ckm.CKM_BLAKE2B_256_KEY_DERIVE,
            Ckk.CKK_BLAKE2B_256_HMAC),
    BLAKE2B_384(
            "BLAKE2B-384",
            "",
            48,
            Ckm.CKM_BLAKE2B_384,
            Ckm.CKM_BLAKE2B_384_HMAC,
            Ckm.CKM_BLAKE2B_384_HMAC_GENERAL,
            Ckm.CKM_BLAKE2B_384_KEY_GEN,
            Ckm.CKM_BLAKE2B_384_KEY_DERIVE,
            Ckk.CKK_BLAKE2B_384_HMAC),
    BLAKE2B_512(
            "BLAKE2B-512",
            "",
            64,
            Ckm.CKM_BLAKE2B_512,
            Ckm.CKM_BLAKE2B_512_HMAC,
            Ckm.CKM_BLAKE2B_512_HMAC_GENERAL,
            Ckm.CKM_BLAKE2B_512_KEY_GEN,
            Ckm.CKM_BLAKE2B_512_KEY_DERIVE,
            Ckk.CKK_BLAKE2B_512_HMAC);

    /** Stands where the specification has no number. */
    static final long NONE = -1;

    private final String digestName;
    private final String hmacName;
    private final int length;
    private final long digest;
    private final long hmac;
    private final long generalHmac;
    private final long keyGeneration;
    private final long keyDerivation;
    private final long keyType;

    DigestAlgorithm(
            String digestName,
            String hmacName,
            int length,
            long digest,
            long hmac,
            long generalHmac,
            long keyGeneration,
            long keyDerivation,
            long keyType) {
        this.digestName = digestName;
        this.hmacName = hmacName;
        this.length = length;
        this.digest = digest;
        this.hmac = hmac;
        this.generalHmac = generalHmac;
        this.keyGeneration = keyGeneration;
        this.keyDerivation = keyDerivation;
        this.keyType = keyType;
    }

    static List<DigestAlgorithm> all() {
        return List.of(values());
    }

    /** The digest whose HMAC, or whose own number, is {@code mechanism}; MECHANISM_PARAM_INVALID if none of today is. */
    static DigestAlgorithm ofPrf(long mechanism) {
        return Stream.of(values())
                .filter(one -> !one.legacy() && (one.hmac == mechanism || one.digest == mechanism))
                .findFirst()
                .orElseThrow(() ->
                        Fault.MECHANISM_PARAM_INVALID.because(Ckm.name(mechanism) + " is no pseudorandom function"));
    }

    /** JCA name of the digest. */
    String digestName() {
        return digestName;
    }

    /** JCA name of the HMAC; empty if only Bouncy Castle's own classes have it. */
    String hmacName() {
        return hmacName;
    }

    /** In bytes. */
    int length() {
        return length;
    }

    /** CKM_* of the digest. */
    long digest() {
        return digest;
    }

    long hmac() {
        return hmac;
    }

    long generalHmac() {
        return generalHmac;
    }

    /** CKM_* that makes HMAC keys, or {@link #NONE}. */
    long keyGeneration() {
        return keyGeneration;
    }

    /** CKM_* that derives a key by this digest, or {@link #NONE}. */
    long keyDerivation() {
        return keyDerivation;
    }

    /** CKK_* of the keys that serve its HMAC alone. */
    long keyType() {
        return keyType;
    }

    /** Whether it is there for old data only. */
    boolean legacy() {
        return this == MD5 || this == RIPEMD160;
    }
}
