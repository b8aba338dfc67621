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
                            "CKM_DSA_KEY_PAIR_GEN",
                            "CKM_DSA",
                            "CKM_DSA_SHA1",
                            "CKM_DSA_SHA224",
                            "CKM_DSA_SHA256",
                            "CKM_DSA_SHA384",
                            "CKM_DSA_SHA512",
                            "CKM_DSA_SHA3_224",
                            "CKM_DSA_SHA3_256",
                            "CKM_DSA_SHA3_384",
                            "CKM_DSA_SHA3_512",
                            "CKM_DSA_PARAMETER_GEN",
                            "CKM_DSA_PROBABILISTIC_PARAMETER_GEN",
                            "CKM_DSA_SHAWE_TAYLOR_PARAMETER_GEN",
                            "CKM_DSA_FIPS_G_GEN"),
                    "FIPS 186-5 withdrew DSA; not built"),
            new LeftOut(
                    List.of(
                            "CKM_DH_PKCS_PARAMETER_GEN",
                            "CKM_X9_42_DH_KEY_PAIR_GEN",
                            "CKM_X9_42_DH_DERIVE",
                            "CKM_X9_42_DH_PARAMETER_GEN"),
                    "groups come from RFC 3526 and RFC 7919, and agreement over finite fields gave way to curves; not built"),
            new LeftOut(
                    List.of("CKM_PUB_KEY_FROM_PRIV_KEY"),
                    "derivation makes secret keys alone; CKA_PUBLIC_KEY_INFO of the private key is the public key"));
}
