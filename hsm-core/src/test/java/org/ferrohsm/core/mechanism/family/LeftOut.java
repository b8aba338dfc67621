// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;

/**
 * Mechanisms of the specification that are not there, and why.
 *
 * @param mechanisms their names
 * @param reason a sentence for docs/mechanisms.md
 */
record LeftOut(List<String> mechanisms, String reason) {
    static final List<LeftOut> ALL = List.of(
            new LeftOut(
                    List.of("CKM_HSS_KEY_PAIR_GEN", "CKM_XMSS_KEY_PAIR_GEN", "CKM_XMSSMT_KEY_PAIR_GEN"),
                    "a private key with a state breaks when its store is copied or restored, which files allow;"
                            + " signatures are verified"),
            new LeftOut(
                    List.of("CKM_RSA_X9_31_KEY_PAIR_GEN", "CKM_RSA_X9_31", "CKM_SHA1_RSA_X9_31", "CKM_RSA_9796"),
                    "withdrawn standards that no engine has"),
            new LeftOut(
                    List.of("CKM_RSA_PKCS_TPM_1_1", "CKM_RSA_PKCS_OAEP_TPM_1_1"),
                    "the encodings of TPM 1.1 wrap for a chip that is no longer made"),
            new LeftOut(
                    List.of("CKM_ECMQV_DERIVE", "CKM_X9_42_MQV_DERIVE", "CKM_X9_42_DH_HYBRID_DERIVE"),
                    "no engine has Menezes-Qu-Vanstone or the hybrid of two agreements"),
            new LeftOut(
                    List.of("CKM_XEDDSA"), "a signature of the Signal protocol by X25519 keys, which no engine has"),
            new LeftOut(
                    List.of(
                            "CKM_DSA_PARAMETER_GEN",
                            "CKM_DSA_PROBABILISTIC_PARAMETER_GEN",
                            "CKM_DSA_SHAWE_TAYLOR_PARAMETER_GEN",
                            "CKM_DSA_FIPS_G_GEN"),
                    "FIPS 186-5 withdrew DSA; new domain parameters come from OpenSSL"),
            new LeftOut(
                    List.of("CKM_DH_PKCS_PARAMETER_GEN", "CKM_X9_42_DH_PARAMETER_GEN"),
                    "groups come from RFC 3526, RFC 7919 and RFC 5114; a group that nobody knows is trusted by nobody"),
            new LeftOut(
                    List.of("CKM_AES_CFB1", "CKM_SALSA20_POLY1305"),
                    "no engine has feedback bit by bit, or Salsa20 with Poly1305"),
            new LeftOut(
                    List.of(
                            "CKM_SHA512_T",
                            "CKM_SHA512_T_HMAC",
                            "CKM_SHA512_T_HMAC_GENERAL",
                            "CKM_SHA512_T_KEY_DERIVATION",
                            "CKM_SHA512_T_KEY_GEN"),
                    "of SHA-512/t there are t = 224 and t = 256, which have mechanisms of their own"),
            new LeftOut(
                    List.of("CKM_HKDF_DATA", "CKM_NULL"),
                    "they would give what they derive, or a key itself, to whoever asks"),
            new LeftOut(
                    List.of(
                            "CKM_SSL3_PRE_MASTER_KEY_GEN",
                            "CKM_SSL3_MASTER_KEY_DERIVE",
                            "CKM_SSL3_MASTER_KEY_DERIVE_DH",
                            "CKM_SSL3_KEY_AND_MAC_DERIVE",
                            "CKM_SSL3_MD5_MAC",
                            "CKM_SSL3_SHA1_MAC",
                            "CKM_WTLS_PRE_MASTER_KEY_GEN",
                            "CKM_WTLS_MASTER_KEY_DERIVE",
                            "CKM_WTLS_PRF"),
                    "RFC 7568 forbids SSL 3.0, and WTLS has no users"),
            new LeftOut(
                    List.of("CKM_PBE_MD5_DES_CBC", "CKM_PBE_SHA1_RC4_128", "CKM_PBE_SHA1_RC2_128_CBC"),
                    "of ciphers that are broken and not here; CKM_PKCS5_PBKD2 makes the keys of today"),
            new LeftOut(
                    List.of(
                            "CKM_MD2",
                            "CKM_RIPEMD128",
                            "CKM_DES_ECB",
                            "CKM_DES_CBC",
                            "CKM_RC2_CBC",
                            "CKM_RC4",
                            "CKM_RC5_CBC",
                            "CKM_IDEA_CBC",
                            "CKM_CAST128_CBC",
                            "CKM_BLOWFISH_CBC",
                            "CKM_TWOFISH_CBC",
                            "CKM_SKIPJACK_CBC64",
                            "CKM_GOST28147",
                            "CKM_GOSTR3411"),
                    "broken, or without users of this token; nothing of their families is there"),
            new LeftOut(
                    List.of("CKM_PUB_KEY_FROM_PRIV_KEY"),
                    "derivation makes secret keys alone; CKA_PUBLIC_KEY_INFO of the private key is the public key"));
}
