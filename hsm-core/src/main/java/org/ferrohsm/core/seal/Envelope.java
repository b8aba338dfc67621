// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * Authenticated encryption at rest: AES-256-GCM with a tag of 128 bits and a random nonce of 96 bits.
 *
 * <p>Bytes: format (1), nonce (12), ciphertext, tag (16). The format byte comes before the caller's associated data in
 * what is authenticated. A random nonce is safe for 2^32 messages under one key (NIST SP 800-38D section 8.3); callers
 * stay far below it by deriving a key for each thing that they seal.
 */
public final class Envelope {
    /** Bytes that an envelope is longer than its content. */
    public static final int OVERHEAD = 29;

    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private Envelope() {}

    /** Seals {@code plaintext}, which stays the caller's to wipe. */
    public static byte[] seal(SecretBytes key, byte[] aad, byte[] plaintext, SecureRandom random) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = new byte[plaintext.length + OVERHEAD];
        sealed[0] = FORMAT;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
        return key.use(bytes -> {
            try {
                cipher(Cipher.ENCRYPT_MODE, bytes, sealed, aad)
                        .doFinal(plaintext, 0, plaintext.length, sealed, 1 + NONCE_LENGTH);
            } catch (GeneralSecurityException e) {
                throw Fault.GENERAL_ERROR.because("the Java runtime could not seal with AES-256-GCM", e);
            }
            return sealed;
        });
    }

    /**
     * The content, the caller's to wipe.
     *
     * @param what names the thing for the message
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if any bit of the envelope, the associated data or the
     *     key is not what it was
     */
    public static byte[] open(SecretBytes key, byte[] aad, byte[] sealed, String what) {
        return tryOpen(key, aad, sealed)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because(what + " does not open: it has been changed or damaged"));
    }

    /** As {@link #open}, empty where that throws. */
    static Optional<byte[]> tryOpen(SecretBytes key, byte[] aad, byte[] sealed) {
        if (sealed.length < OVERHEAD || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        return key.use(bytes -> {
            byte[] plaintext = new byte[sealed.length - OVERHEAD];
            try {
                cipher(Cipher.DECRYPT_MODE, bytes, sealed, aad)
                        .doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH, plaintext);
                return Optional.of(plaintext);
            } catch (AEADBadTagException e) {
                Arrays.fill(plaintext, (byte) 0);
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                throw Fault.GENERAL_ERROR.because("the Java runtime could not open with AES-256-GCM", e);
            }
        });
    }

    private static Cipher cipher(int mode, byte[] key, byte[] sealed, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = HostJce.aesGcm();
        cipher.init(mode, new RawKey(key, "AES"), new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_LENGTH));
        cipher.updateAAD(sealed, 0, 1);
        cipher.updateAAD(aad);
        return cipher;
    }
}
