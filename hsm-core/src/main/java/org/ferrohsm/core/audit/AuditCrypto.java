// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * The arithmetic of the log. The JDK's own providers do it, asked by name: the host may have put FerroHSM's provider first
 * in its list, and the log must neither depend on that list nor call itself.
 */
final class AuditCrypto {
    static final int HASH_LENGTH = 32;

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final String MAC = "HmacSHA256";

    private final Provider digests;
    private final Provider ciphers;

    AuditCrypto() {
        this.digests = provider("SUN");
        this.ciphers = provider("SunJCE");
    }

    /** SHA-256(0x00 || record): the leaf hash of RFC 6962 section 2.1. */
    byte[] leaf(byte[] record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256", digests);
            digest.update((byte) 0);
            return digest.digest(record);
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /** HMAC-SHA-256. */
    byte[] mac(SecretBytes key, byte[] message) {
        return key.use(bytes -> {
            try {
                Mac mac = Mac.getInstance(MAC, ciphers);
                mac.init(new SecretKeySpec(bytes, MAC));
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw failure(e);
            }
        });
    }

    /** nonce || ciphertext || tag by AES-GCM under a random nonce. */
    byte[] seal(SecretBytes key, SecretBytes content, byte[] associated, SecureRandom random) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return content.use(bytes -> {
            byte[] sealed = gcm(Cipher.ENCRYPT_MODE, key, nonce, associated, bytes, 0);
            byte[] all = new byte[NONCE_LENGTH + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE_LENGTH);
            System.arraycopy(sealed, 0, all, NONCE_LENGTH, sealed.length);
            return all;
        });
    }

    /**
     * What {@link #seal} sealed.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it was sealed by another key or changed since
     */
    SecretBytes open(SecretBytes key, byte[] sealed, byte[] associated) {
        if (sealed.length < NONCE_LENGTH) {
            throw Fault.DEVICE_ERROR.because("the audit log's sealed key is too short");
        }
        return SecretBytes.adopt(gcm(Cipher.DECRYPT_MODE, key, sealed, associated, sealed, NONCE_LENGTH));
    }

    /** The nonce is the start of {@code nonce}, the input the rest of {@code input} from {@code offset}. */
    private byte[] gcm(int mode, SecretBytes key, byte[] nonce, byte[] associated, byte[] input, int offset) {
        return key.use(bytes -> {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", ciphers);
                cipher.init(
                        mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_LENGTH));
                cipher.updateAAD(associated);
                return cipher.doFinal(input, offset, input.length - offset);
            } catch (GeneralSecurityException e) {
                throw failure(e);
            }
        });
    }

    private static Provider provider(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw Fault.FUNCTION_FAILED.because("this Java runtime is without its provider " + name);
        }
        return provider;
    }

    private static RuntimeException failure(GeneralSecurityException cause) {
        return Fault.DEVICE_ERROR.because("the audit log's key or hash cannot be used", cause);
    }
}
