// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;

/** The hashes: their names in the JCA and the mechanisms built on each. */
@SuppressWarnings("ImmutableEnumChecker") // immutable types without the annotation
public enum HashAlgorithm {
    SHA1(
            "SHA-1",
            20,
            MGF1ParameterSpec.SHA1,
            Ckg.CKG_MGF1_SHA1,
            Ckk.CKK_SHA_1_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA_1,
                    Ckm.CKM_SHA1_RSA_PKCS,
                    Ckm.CKM_SHA1_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA1,
                    Ckm.CKM_SHA_1_HMAC)),
    SHA224(
            "SHA-224",
            28,
            MGF1ParameterSpec.SHA224,
            Ckg.CKG_MGF1_SHA224,
            Ckk.CKK_SHA224_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA224,
                    Ckm.CKM_SHA224_RSA_PKCS,
                    Ckm.CKM_SHA224_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA224,
                    Ckm.CKM_SHA224_HMAC)),
    SHA256(
            "SHA-256",
            32,
            MGF1ParameterSpec.SHA256,
            Ckg.CKG_MGF1_SHA256,
            Ckk.CKK_SHA256_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA256,
                    Ckm.CKM_SHA256_RSA_PKCS,
                    Ckm.CKM_SHA256_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA256,
                    Ckm.CKM_SHA256_HMAC)),
    SHA384(
            "SHA-384",
            48,
            MGF1ParameterSpec.SHA384,
            Ckg.CKG_MGF1_SHA384,
            Ckk.CKK_SHA384_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA384,
                    Ckm.CKM_SHA384_RSA_PKCS,
                    Ckm.CKM_SHA384_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA384,
                    Ckm.CKM_SHA384_HMAC)),
    SHA512(
            "SHA-512",
            64,
            MGF1ParameterSpec.SHA512,
            Ckg.CKG_MGF1_SHA512,
            Ckk.CKK_SHA512_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA512,
                    Ckm.CKM_SHA512_RSA_PKCS,
                    Ckm.CKM_SHA512_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA512,
                    Ckm.CKM_SHA512_HMAC)),
    SHA3_224(
            "SHA3-224",
            28,
            new MGF1ParameterSpec("SHA3-224"),
            Ckg.CKG_MGF1_SHA3_224,
            Ckk.CKK_SHA3_224_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA3_224,
                    Ckm.CKM_SHA3_224_RSA_PKCS,
                    Ckm.CKM_SHA3_224_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA3_224,
                    Ckm.CKM_SHA3_224_HMAC)),
    SHA3_256(
            "SHA3-256",
            32,
            new MGF1ParameterSpec("SHA3-256"),
            Ckg.CKG_MGF1_SHA3_256,
            Ckk.CKK_SHA3_256_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA3_256,
                    Ckm.CKM_SHA3_256_RSA_PKCS,
                    Ckm.CKM_SHA3_256_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA3_256,
                    Ckm.CKM_SHA3_256_HMAC)),
    SHA3_384(
            "SHA3-384",
            48,
            new MGF1ParameterSpec("SHA3-384"),
            Ckg.CKG_MGF1_SHA3_384,
            Ckk.CKK_SHA3_384_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA3_384,
                    Ckm.CKM_SHA3_384_RSA_PKCS,
                    Ckm.CKM_SHA3_384_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA3_384,
                    Ckm.CKM_SHA3_384_HMAC)),
    SHA3_512(
            "SHA3-512",
            64,
            new MGF1ParameterSpec("SHA3-512"),
            Ckg.CKG_MGF1_SHA3_512,
            Ckk.CKK_SHA3_512_HMAC,
            new Mechanisms(
                    Ckm.CKM_SHA3_512,
                    Ckm.CKM_SHA3_512_RSA_PKCS,
                    Ckm.CKM_SHA3_512_RSA_PKCS_PSS,
                    Ckm.CKM_ECDSA_SHA3_512,
                    Ckm.CKM_SHA3_512_HMAC));

    /** CKM_* of the digest itself and of what is built on it. */
    public record Mechanisms(long digest, long rsaPkcs, long rsaPss, long ecdsa, long hmac) {}

    private final String digestName;
    private final int length;
    private final MGF1ParameterSpec mgf1;
    private final long mgf;
    private final long hmacKeyType;
    private final Mechanisms mechanisms;

    HashAlgorithm(
            String digestName, int length, MGF1ParameterSpec mgf1, long mgf, long hmacKeyType, Mechanisms mechanisms) {
        this.digestName = digestName;
        this.length = length;
        this.mgf1 = mgf1;
        this.mgf = mgf;
        this.hmacKeyType = hmacKeyType;
        this.mechanisms = mechanisms;
    }

    /** As MessageDigest calls it: SHA-256. */
    public String digestName() {
        return digestName;
    }

    /** As signatures and HMACs call it: SHA256, SHA3-256. */
    public String shortName() {
        return digestName.replace("SHA-", "SHA");
    }

    /** Length of the digest in bytes. */
    public int length() {
        return length;
    }

    /** The mask generation function on this hash. */
    public MGF1ParameterSpec mgf1() {
        return mgf1;
    }

    /** CKG_* of that function. */
    public long mgf() {
        return mgf;
    }

    /** CKK_* of keys made for this HMAC alone. */
    public long hmacKeyType() {
        return hmacKeyType;
    }

    public Mechanisms mechanisms() {
        return mechanisms;
    }

    /** The hash of a name in either form. */
    public static Optional<HashAlgorithm> of(String name) {
        return List.of(values()).stream()
                .filter(hash -> hash.digestName.equalsIgnoreCase(name)
                        || hash.shortName().equalsIgnoreCase(name))
                .findFirst();
    }
}
