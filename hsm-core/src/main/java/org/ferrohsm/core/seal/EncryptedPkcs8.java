// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * A private key under a passphrase: EncryptedPrivateKeyInfo (RFC 5958) by PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC,
 * which OpenSSL reads and writes too.
 */
public final class EncryptedPkcs8 {
    private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 600_000;
    private static final int SALT = 16;
    private static final int IV = 16;

    private EncryptedPkcs8() {}

    /** {@code pkcs8}, which stays the caller's to wipe, under a passphrase. */
    public static byte[] seal(byte[] pkcs8, SecretBytes passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT];
        byte[] iv = new byte[IV];
        random.nextBytes(salt);
        random.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM, provider());
            PBEParameterSpec cost = new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv));
            cipher.init(Cipher.ENCRYPT_MODE, key(passphrase), cost);
            AlgorithmParameters parameters = cipher.getParameters();
            return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(pkcs8)).getEncoded();
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw Fault.GENERAL_ERROR.because("the Java runtime could not encrypt a key by PBES2", e);
        }
    }

    /**
     * The private key, the caller's to wipe.
     *
     * @throws org.ferrohsm.core.fault.HsmException PIN_INCORRECT if the passphrase is another one; DATA_INVALID if this is
     *     no encrypted key
     */
    public static byte[] open(byte[] encrypted, SecretBytes passphrase) {
        EncryptedPrivateKeyInfo info;
        AlgorithmParameters parameters;
        try {
            info = new EncryptedPrivateKeyInfo(encrypted);
            parameters = info.getAlgParameters();
        } catch (java.io.IOException e) {
            throw Fault.DATA_INVALID.because("this is no encrypted private key", e);
        }
        try {
            Cipher cipher = Cipher.getInstance(parameters.toString(), provider());
            cipher.init(Cipher.DECRYPT_MODE, key(passphrase), parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw Fault.PIN_INCORRECT.because("the passphrase is not the key's", e);
        }
    }

    private static SecretKey key(SecretBytes passphrase) {
        return passphrase.use(bytes -> {
            CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            char[] typed = new char[characters.remaining()];
            characters.get(typed);
            PBEKeySpec spec = new PBEKeySpec(typed);
            try {
                return SecretKeyFactory.getInstance(ALGORITHM, provider()).generateSecret(spec);
            } catch (GeneralSecurityException e) {
                throw Fault.GENERAL_ERROR.because("the Java runtime has no PBES2", e);
            } finally {
                spec.clearPassword();
                Arrays.fill(typed, '\0');
                Arrays.fill(characters.array(), '\0');
            }
        });
    }

    private static Provider provider() {
        Provider provider = Security.getProvider("SunJCE");
        if (provider == null) {
            throw Fault.GENERAL_ERROR.because("this Java runtime has no provider SunJCE");
        }
        return provider;
    }
}
