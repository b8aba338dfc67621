// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckm;

/** The hash functions and every number under which the specification speaks of one. */
public enum Hash {
    SHA1("SHA-1", "HmacSHA1", 20, Ckm.CKM_SHA_1, Ckg.CKG_MGF1_SHA1, Ckd.CKD_SHA1_KDF, "3021300906052b0e03021a05000414"),
    SHA224(
            "SHA-224",
            "HmacSHA224",
            28,
            Ckm.CKM_SHA224,
            Ckg.CKG_MGF1_SHA224,
            Ckd.CKD_SHA224_KDF,
            "302d300d06096086480165030402040500041c"),
    SHA256(
            "SHA-256",
            "HmacSHA256",
            32,
            Ckm.CKM_SHA256,
            Ckg.CKG_MGF1_SHA256,
            Ckd.CKD_SHA256_KDF,
            "3031300d060960864801650304020105000420"),
    SHA384(
            "SHA-384",
            "HmacSHA384",
            48,
            Ckm.CKM_SHA384,
            Ckg.CKG_MGF1_SHA384,
            Ckd.CKD_SHA384_KDF,
            "3041300d060960864801650304020205000430"),
    SHA512(
            "SHA-512",
            "HmacSHA512",
            64,
            Ckm.CKM_SHA512,
            Ckg.CKG_MGF1_SHA512,
            Ckd.CKD_SHA512_KDF,
            "3051300d060960864801650304020305000440"),
    SHA512_224(
            "SHA-512/224",
            "HmacSHA512/224",
            28,
            Ckm.CKM_SHA512_224,
            Hash.NONE,
            Hash.NONE,
            "302d300d06096086480165030402050500041c"),
    SHA512_256(
            "SHA-512/256",
            "HmacSHA512/256",
            32,
            Ckm.CKM_SHA512_256,
            Hash.NONE,
            Hash.NONE,
            "3031300d060960864801650304020605000420"),
    SHA3_224(
            "SHA3-224",
            "HmacSHA3-224",
            28,
            Ckm.CKM_SHA3_224,
            Ckg.CKG_MGF1_SHA3_224,
            Ckd.CKD_SHA3_224_KDF,
            "302d300d06096086480165030402070500041c"),
    SHA3_256(
            "SHA3-256",
            "HmacSHA3-256",
            32,
            Ckm.CKM_SHA3_256,
            Ckg.CKG_MGF1_SHA3_256,
            Ckd.CKD_SHA3_256_KDF,
            "3031300d060960864801650304020805000420"),
    SHA3_384(
            "SHA3-384",
            "HmacSHA3-384",
            48,
            Ckm.CKM_SHA3_384,
            Ckg.CKG_MGF1_SHA3_384,
            Ckd.CKD_SHA3_384_KDF,
            "3041300d060960864801650304020905000430"),
    SHA3_512(
            "SHA3-512",
            "HmacSHA3-512",
            64,
            Ckm.CKM_SHA3_512,
            Ckg.CKG_MGF1_SHA3_512,
            Ckd.CKD_SHA3_512_KDF,
            "3051300d060960864801650304020a05000440");

    /** Stands where the specification has no number for a hash. */
    private static final long NONE = -1;

    private final String digestName;
    private final String hmacName;
    private final int length;
    private final long mechanism;
    private final long mgf;
    private final long kdf;
    private final String digestInfo;

    Hash(String digestName, String hmacName, int length, long mechanism, long mgf, long kdf, String digestInfo) {
        this.digestName = digestName;
        this.hmacName = hmacName;
        this.length = length;
        this.mechanism = mechanism;
        this.mgf = mgf;
        this.kdf = kdf;
        this.digestInfo = digestInfo;
    }

    /** JCA name of the digest. */
    public String digestName() {
        return digestName;
    }

    /** JCA name of the HMAC. */
    public String hmacName() {
        return hmacName;
    }

    /** Length of the digest in bytes. */
    public int length() {
        return length;
    }

    /** CKM_* of the digest. */
    public long mechanism() {
        return mechanism;
    }

    /** The DER that stands before the digest in a DigestInfo (RFC 8017 section 9.2, note 1). */
    public byte[] digestInfoPrefix() {
        return HexFormat.of().parseHex(digestInfo);
    }

    /** All of them. */
    public static List<Hash> all() {
        return List.of(values());
    }

    /** The hash whose digest mechanism is {@code mechanism}. */
    public static Optional<Hash> ofMechanism(long mechanism) {
        return first(hash -> hash.mechanism == mechanism);
    }

    /** The hash beneath the mask generation function {@code mgf}, CKG_*. */
    public static Optional<Hash> ofMgf(long mgf) {
        return first(hash -> mgf != NONE && hash.mgf == mgf);
    }

    /** The hash beneath the key derivation function {@code kdf} of ANSI X9.63, CKD_*. */
    public static Optional<Hash> ofKdf(long kdf) {
        return first(hash -> kdf != NONE && hash.kdf == kdf);
    }

    private static Optional<Hash> first(Predicate<Hash> wanted) {
        return Stream.of(values()).filter(wanted).findFirst();
    }
}
