// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.jca.spec.KeyUsage;

/** The kinds of keys that the provider makes and finds, and what they do unless somebody says otherwise. */
public enum KeyKind {
    RSA(
            Ckk.CKK_RSA,
            "RSA",
            KeyUsage.SIGN,
            KeyUsage.VERIFY,
            KeyUsage.ENCRYPT,
            KeyUsage.DECRYPT,
            KeyUsage.WRAP,
            KeyUsage.UNWRAP),
    EC(Ckk.CKK_EC, "EC", KeyUsage.SIGN, KeyUsage.VERIFY, KeyUsage.DERIVE),
    EDWARDS(Ckk.CKK_EC_EDWARDS, "EdDSA", KeyUsage.SIGN, KeyUsage.VERIFY),
    MONTGOMERY(Ckk.CKK_EC_MONTGOMERY, "XDH", KeyUsage.DERIVE),
    AES(Ckk.CKK_AES, "AES", KeyUsage.ENCRYPT, KeyUsage.DECRYPT),
    GENERIC(Ckk.CKK_GENERIC_SECRET, "Generic", KeyUsage.SIGN, KeyUsage.VERIFY),
    HMAC_SHA1(Ckk.CKK_SHA_1_HMAC, "HmacSHA1", KeyUsage.SIGN, KeyUsage.VERIFY),
    HMAC_SHA224(Ckk.CKK_SHA224_HMAC, "HmacSHA224", KeyUsage.SIGN, KeyUsage.VERIFY),
    HMAC_SHA256(Ckk.CKK_SHA256_HMAC, "HmacSHA256", KeyUsage.SIGN, KeyUsage.VERIFY),
    HMAC_SHA384(Ckk.CKK_SHA384_HMAC, "HmacSHA384", KeyUsage.SIGN, KeyUsage.VERIFY),
    HMAC_SHA512(Ckk.CKK_SHA512_HMAC, "HmacSHA512", KeyUsage.SIGN, KeyUsage.VERIFY);

    /** The arc of AES's modes, whose identifiers CMS gives as names of keys. */
    private static final String AES_OID = "2.16.840.1.101.3.4.1.";

    private final long keyType;
    private final String algorithm;

    /** Unmodifiable, which its type does not say. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<KeyUsage> usages;

    KeyKind(long keyType, String algorithm, KeyUsage first, KeyUsage... more) {
        this.keyType = keyType;
        this.algorithm = algorithm;
        this.usages = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    /** CKK_*. */
    public long keyType() {
        return keyType;
    }

    /** The JCA's name of such keys. */
    public String algorithm() {
        return algorithm;
    }

    /** What a pair or a secret key of this kind usually does. */
    Set<KeyUsage> usages() {
        return usages;
    }

    /** The kind of a platform's public or private key. */
    public static KeyKind of(Key key) throws InvalidKeyException {
        return switch (key.getAlgorithm()) {
            case "RSA", "RSASSA-PSS" -> RSA;
            case "EC", "ECDSA" -> EC;
            case "EdDSA", "Ed25519", "Ed448" -> EDWARDS;
            case "XDH", "X25519", "X448" -> MONTGOMERY;
            default -> throw new InvalidKeyException("the token has no keys of " + key.getAlgorithm());
        };
    }

    /** The kind of CKA_KEY_TYPE. */
    public static Optional<KeyKind> ofType(long keyType) {
        return List.of(values()).stream()
                .filter(kind -> kind.keyType == keyType)
                .findFirst();
    }

    /** The kind of secret keys that the JCA calls {@code algorithm}; generic secrets for the HMACs and for names unknown. */
    public static KeyKind ofSecret(String algorithm) {
        return algorithm.equalsIgnoreCase(AES.algorithm) || algorithm.startsWith(AES_OID) ? AES : GENERIC;
    }
}
