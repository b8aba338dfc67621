// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;

/** Secret keys, imported as opaque session keys. */
final class SecretKeyVectors {
    private static final byte[] PROBE = {1, 2, 3};

    private final Provider provider;

    SecretKeyVectors(Provider provider) {
        this.provider = provider;
    }

    Vectors aead(String algorithm, JsonNode group) throws Unsupported {
        Cipher cipher = cipher(algorithm + "/NoPadding");
        int tagBits = group.path("tagSize").asInt();
        return test -> {
            SecretKey key = key("AES", Json.hex(test, "key"), KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
            GCMParameterSpec parameters = new GCMParameterSpec(tagBits, Json.hex(test, "iv"));
            byte[] aad = Json.hex(test, "aad");
            byte[] sealed = joined(Json.hex(test, "ct"), Json.hex(test, "tag"));
            byte[] plain = Json.hex(test, "msg");
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            cipher.updateAAD(aad);
            if (!Arrays.equals(plain, cipher.doFinal(sealed))) {
                return false;
            }
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
            cipher.updateAAD(aad);
            return Arrays.equals(sealed, cipher.doFinal(plain));
        };
    }

    Vectors cbc(String algorithm) throws Unsupported {
        Cipher cipher = cipher(algorithm.replace("-CBC-PKCS5", "/CBC/PKCS5Padding"));
        return test -> {
            SecretKey key = key("AES", Json.hex(test, "key"), KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
            IvParameterSpec iv = new IvParameterSpec(Json.hex(test, "iv"));
            byte[] plain = Json.hex(test, "msg");
            cipher.init(Cipher.DECRYPT_MODE, key, iv);
            if (!Arrays.equals(plain, cipher.doFinal(Json.hex(test, "ct")))) {
                return false;
            }
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            return Arrays.equals(Json.hex(test, "ct"), cipher.doFinal(plain));
        };
    }

    Vectors mac(String algorithm, JsonNode group) throws Unsupported {
        boolean hmac = algorithm.startsWith("HMAC");
        String name = hmac
                ? "Hmac" + algorithm.substring("HMAC".length())
                : algorithm.toUpperCase(Locale.ROOT).replace("-", "");
        int bytes = group.path("tagSize").asInt() / 8;
        try {
            Mac mac = Mac.getInstance(name, provider);
            return test -> {
                mac.init(key(hmac ? name : "AES", Json.hex(test, "key"), KeyUsage.SIGN, KeyUsage.VERIFY));
                byte[] whole = mac.doFinal(Json.hex(test, "msg"));
                return Arrays.equals(Json.hex(test, "tag"), Arrays.copyOf(whole, bytes));
            };
        } catch (NoSuchAlgorithmException e) {
            throw new Unsupported(e);
        }
    }

    /** A secret that was unwrapped stays in the token: a MAC by it shows that it is the right one. */
    Vectors wrap(String algorithm) throws Unsupported {
        Cipher cipher = cipher(algorithm.equals("AES-WRAP") ? "AES/KW" : algorithm.replace("-", "/"), "/NoPadding");
        return test -> {
            SecretKey key = key("AES", Json.hex(test, "key"), KeyUsage.WRAP, KeyUsage.UNWRAP);
            byte[] secret = Json.hex(test, "msg");
            cipher.init(Cipher.UNWRAP_MODE, key);
            Key unwrapped = cipher.unwrap(Json.hex(test, "ct"), "Generic", Cipher.SECRET_KEY);
            if (!Arrays.equals(mac(unwrapped), mac(key("Generic", secret, KeyUsage.SIGN, KeyUsage.VERIFY)))) {
                return false;
            }
            cipher.init(Cipher.WRAP_MODE, key);
            return Arrays.equals(Json.hex(test, "ct"), cipher.wrap(new SecretKeySpec(secret, "Generic")));
        };
    }

    private byte[] mac(Key key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(key);
        return mac.doFinal(PROBE);
    }

    private SecretKey key(String algorithm, byte[] value, KeyUsage first, KeyUsage... more)
            throws GeneralSecurityException {
        if (value.length == 0) {
            throw new InvalidKeyException("an empty key");
        }
        return SecretKeyFactory.getInstance(algorithm, provider)
                .generateSecret(FerroKeySpec.builder()
                        .session()
                        .usages(first, more)
                        .key(new SecretKeySpec(value, algorithm))
                        .build());
    }

    private Cipher cipher(String... parts) throws Unsupported {
        String name = String.join("", parts);
        try {
            return Cipher.getInstance(name.replace("AES-", "AES/"), provider);
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
