// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.jca.spec.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tink: data keys of its own, sealed by a key of the token. */
class TinkTest {
    private static final byte[] DATA = "for few eyes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = "record 42".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void envelopes_are_sealed_by_a_key_of_the_token() throws Exception {
        AeadConfig.register();
        try (Desk desk = Desk.in(folder)) {
            SecretKey key = desk.secret("AES", "kek", KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
            AesGcmParameters dataKeys = AesGcmParameters.builder()
                    .setKeySizeBytes(32)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            Aead envelopes = KmsEnvelopeAead.create(dataKeys, new TokenAead(key));
            byte[] sealed = envelopes.encrypt(DATA, CONTEXT);
            assertArrayEquals(DATA, envelopes.decrypt(sealed, CONTEXT));
            assertThrows(GeneralSecurityException.class, () -> envelopes.decrypt(sealed, DATA));
        }
    }

    /** An Aead by a key of the token: the IV, then the ciphertext with its tag. */
    private record TokenAead(SecretKey key) implements Aead {
        private static final int IV = 12;
        private static final int TAG_BITS = 128;

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            cipher.updateAAD(associatedData);
            byte[] sealed = cipher.doFinal(plaintext);
            byte[] all = Arrays.copyOf(cipher.getIV(), IV + sealed.length);
            System.arraycopy(sealed, 0, all, IV, sealed.length);
            return all;
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            if (ciphertext.length < IV) {
                throw new GeneralSecurityException("too short");
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, ciphertext, 0, IV));
            cipher.updateAAD(associatedData);
            return cipher.doFinal(ciphertext, IV, ciphertext.length - IV);
        }
    }
}
