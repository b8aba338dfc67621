// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckm;

/** The mechanisms of approved algorithms (NIST SP 800-140C and D). */
final class Approved {
    /** Hash functions (FIPS 180-4 without SHA-1, FIPS 202). */
    private static final Set<Long> HASHES = Set.of(
            Ckm.CKM_SHA224,
            Ckm.CKM_SHA256,
            Ckm.CKM_SHA384,
            Ckm.CKM_SHA512,
            Ckm.CKM_SHA512_224,
            Ckm.CKM_SHA512_256,
            Ckm.CKM_SHA3_224,
            Ckm.CKM_SHA3_256,
            Ckm.CKM_SHA3_384,
            Ckm.CKM_SHA3_512);

    /** AES and its modes (FIPS 197, SP 800-38 A to F). */
    private static final Set<Long> AES = Set.of(
            Ckm.CKM_AES_CBC,
            Ckm.CKM_AES_CBC_PAD,
            Ckm.CKM_AES_CCM,
            Ckm.CKM_AES_CFB1,
            Ckm.CKM_AES_CFB128,
            Ckm.CKM_AES_CFB8,
            Ckm.CKM_AES_CMAC,
            Ckm.CKM_AES_CMAC_GENERAL,
            Ckm.CKM_AES_CTR,
            Ckm.CKM_AES_CTS,
            Ckm.CKM_AES_ECB,
            Ckm.CKM_AES_GCM,
            Ckm.CKM_AES_GMAC,
            Ckm.CKM_AES_KEY_GEN,
            Ckm.CKM_AES_KEY_WRAP,
            Ckm.CKM_AES_KEY_WRAP_KWP,
            Ckm.CKM_AES_KEY_WRAP_PAD,
            Ckm.CKM_AES_OFB,
            Ckm.CKM_AES_XTS,
            Ckm.CKM_AES_XTS_KEY_GEN);

    /** RSA (FIPS 186-5, SP 800-56B). */
    private static final Set<Long> RSA = Set.of(
            Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
            Ckm.CKM_RSA_PKCS,
            Ckm.CKM_RSA_PKCS_PSS,
            Ckm.CKM_RSA_PKCS_OAEP,
            Ckm.CKM_RSA_AES_KEY_WRAP,
            Ckm.CKM_SHA224_RSA_PKCS,
            Ckm.CKM_SHA224_RSA_PKCS_PSS,
            Ckm.CKM_SHA256_RSA_PKCS,
            Ckm.CKM_SHA256_RSA_PKCS_PSS,
            Ckm.CKM_SHA384_RSA_PKCS,
            Ckm.CKM_SHA384_RSA_PKCS_PSS,
            Ckm.CKM_SHA512_RSA_PKCS,
            Ckm.CKM_SHA512_RSA_PKCS_PSS,
            Ckm.CKM_SHA3_224_RSA_PKCS,
            Ckm.CKM_SHA3_224_RSA_PKCS_PSS,
            Ckm.CKM_SHA3_256_RSA_PKCS,
            Ckm.CKM_SHA3_256_RSA_PKCS_PSS,
            Ckm.CKM_SHA3_384_RSA_PKCS,
            Ckm.CKM_SHA3_384_RSA_PKCS_PSS,
            Ckm.CKM_SHA3_512_RSA_PKCS,
            Ckm.CKM_SHA3_512_RSA_PKCS_PSS);

    /** Elliptic curves (FIPS 186-5, SP 800-56A). */
    private static final Set<Long> CURVES = Set.of(
            Ckm.CKM_EC_KEY_PAIR_GEN,
            Ckm.CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS,
            Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
            Ckm.CKM_ECDSA,
            Ckm.CKM_ECDSA_SHA224,
            Ckm.CKM_ECDSA_SHA256,
            Ckm.CKM_ECDSA_SHA384,
            Ckm.CKM_ECDSA_SHA512,
            Ckm.CKM_ECDSA_SHA3_224,
            Ckm.CKM_ECDSA_SHA3_256,
            Ckm.CKM_ECDSA_SHA3_384,
            Ckm.CKM_ECDSA_SHA3_512,
            Ckm.CKM_EDDSA,
            Ckm.CKM_ECDH1_DERIVE,
            Ckm.CKM_ECDH1_COFACTOR_DERIVE,
            Ckm.CKM_ECDH_AES_KEY_WRAP,
            Ckm.CKM_ECDH_COF_AES_KEY_WRAP);

    /** After quantum computers (FIPS 203 to 205, SP 800-208). */
    private static final Set<Long> POST_QUANTUM = Set.of(
            Ckm.CKM_ML_KEM,
            Ckm.CKM_ML_KEM_KEY_PAIR_GEN,
            Ckm.CKM_ML_DSA,
            Ckm.CKM_ML_DSA_KEY_PAIR_GEN,
            Ckm.CKM_HASH_ML_DSA,
            Ckm.CKM_HASH_ML_DSA_SHA224,
            Ckm.CKM_HASH_ML_DSA_SHA256,
            Ckm.CKM_HASH_ML_DSA_SHA384,
            Ckm.CKM_HASH_ML_DSA_SHA3_224,
            Ckm.CKM_HASH_ML_DSA_SHA3_256,
            Ckm.CKM_HASH_ML_DSA_SHA3_384,
            Ckm.CKM_HASH_ML_DSA_SHA3_512,
            Ckm.CKM_HASH_ML_DSA_SHA512,
            Ckm.CKM_HASH_ML_DSA_SHAKE128,
            Ckm.CKM_HASH_ML_DSA_SHAKE256,
            Ckm.CKM_SLH_DSA,
            Ckm.CKM_SLH_DSA_KEY_PAIR_GEN,
            Ckm.CKM_HASH_SLH_DSA,
            Ckm.CKM_HASH_SLH_DSA_SHA224,
            Ckm.CKM_HASH_SLH_DSA_SHA256,
            Ckm.CKM_HASH_SLH_DSA_SHA384,
            Ckm.CKM_HASH_SLH_DSA_SHA3_224,
            Ckm.CKM_HASH_SLH_DSA_SHA3_256,
            Ckm.CKM_HASH_SLH_DSA_SHA3_384,
            Ckm.CKM_HASH_SLH_DSA_SHA3_512,
            Ckm.CKM_HASH_SLH_DSA_SHA512,
            Ckm.CKM_HASH_SLH_DSA_SHAKE128,
            Ckm.CKM_HASH_SLH_DSA_SHAKE256,
            Ckm.CKM_HSS,
            Ckm.CKM_XMSS,
            Ckm.CKM_XMSSMT);

    /** MACs (FIPS 198-1). */
    private static final Set<Long> MACS = Set.of(
            Ckm.CKM_GENERIC_SECRET_KEY_GEN,
            Ckm.CKM_SHA224_HMAC,
            Ckm.CKM_SHA224_HMAC_GENERAL,
            Ckm.CKM_SHA256_HMAC,
            Ckm.CKM_SHA256_HMAC_GENERAL,
            Ckm.CKM_SHA384_HMAC,
            Ckm.CKM_SHA384_HMAC_GENERAL,
            Ckm.CKM_SHA512_224_HMAC,
            Ckm.CKM_SHA512_224_HMAC_GENERAL,
            Ckm.CKM_SHA512_256_HMAC,
            Ckm.CKM_SHA512_256_HMAC_GENERAL,
            Ckm.CKM_SHA512_HMAC,
            Ckm.CKM_SHA512_HMAC_GENERAL,
            Ckm.CKM_SHA3_224_HMAC,
            Ckm.CKM_SHA3_224_HMAC_GENERAL,
            Ckm.CKM_SHA3_256_HMAC,
            Ckm.CKM_SHA3_256_HMAC_GENERAL,
            Ckm.CKM_SHA3_384_HMAC,
            Ckm.CKM_SHA3_384_HMAC_GENERAL,
            Ckm.CKM_SHA3_512_HMAC,
            Ckm.CKM_SHA3_512_HMAC_GENERAL,
            Ckm.CKM_SHA224_KEY_GEN,
            Ckm.CKM_SHA256_KEY_GEN,
            Ckm.CKM_SHA384_KEY_GEN,
            Ckm.CKM_SHA512_224_KEY_GEN,
            Ckm.CKM_SHA512_256_KEY_GEN,
            Ckm.CKM_SHA512_KEY_GEN,
            Ckm.CKM_SHA3_224_KEY_GEN,
            Ckm.CKM_SHA3_256_KEY_GEN,
            Ckm.CKM_SHA3_384_KEY_GEN,
            Ckm.CKM_SHA3_512_KEY_GEN);

    /** Key derivation (SP 800-56C, 800-108, 800-132, 800-135). */
    private static final Set<Long> DERIVATION = Set.of(
            Ckm.CKM_HKDF_DATA,
            Ckm.CKM_HKDF_DERIVE,
            Ckm.CKM_HKDF_KEY_GEN,
            Ckm.CKM_SP800_108_COUNTER_KDF,
            Ckm.CKM_SP800_108_DOUBLE_PIPELINE_KDF,
            Ckm.CKM_SP800_108_FEEDBACK_KDF,
            Ckm.CKM_PKCS5_PBKD2,
            Ckm.CKM_CONCATENATE_BASE_AND_KEY,
            Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE,
            Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH,
            Ckm.CKM_TLS12_KDF,
            Ckm.CKM_TLS12_KEY_AND_MAC_DERIVE,
            Ckm.CKM_TLS12_KEY_SAFE_DERIVE,
            Ckm.CKM_TLS12_MAC,
            Ckm.CKM_TLS12_MASTER_KEY_DERIVE,
            Ckm.CKM_TLS12_MASTER_KEY_DERIVE_DH);

    static final Set<Long> MECHANISMS = Stream.of(HASHES, AES, RSA, CURVES, POST_QUANTUM, MACS, DERIVATION)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private Approved() {}
}
