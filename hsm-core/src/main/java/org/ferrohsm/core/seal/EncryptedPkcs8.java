// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
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

    /** 1.2.840.113549.1.5.13 (RFC 8018, id-PBES2). */
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int KEY_BITS = 256;
    private static final int SALT = 16;
    private static final int IV = 16;

    private EncryptedPkcs8() {}

    /** {@code pkcs8}, which stays the caller's to wipe, under a passphrase. */
    public static byte[] seal(byte[] pkcs8, SecretBytes passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT];
        byte[] iv = new byte[IV];
        random.nextBytes(salt);
        random.nextBytes(iv);
        PBEParameterSpec cost = new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv));
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(ALGORITHM, provider());
            parameters.init(cost);
            byte[] algorithm = element(SEQUENCE, PBES2, parameters.getEncoded());
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, passphrase, cost).doFinal(pkcs8);
            return element(SEQUENCE, algorithm, element(OCTET_STRING, encrypted));
        } catch (GeneralSecurityException | IOException e) {
            throw Fault.GENERAL_ERROR.because("the Java runtime could not encrypt a key by PBES2", e);
        }
    }

    /** An element of DER; Java 17 writes no EncryptedPrivateKeyInfo of PBES2, though it reads them. */
    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        int shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
        ByteBuffer element = ByteBuffer.allocate(2 + shortest + length).put((byte) tag);
        if (shortest == 0) {
            element.put((byte) length);
        } else if (shortest == 1) {
            element.put((byte) 0x81).put((byte) length);
        } else {
            element.put((byte) 0x82).putShort((short) length);
        }
        for (byte[] part : parts) {
            element.put(part);
        }
        return element.array();
    }

    /**
     * The private key, the caller's to wipe.
     *
     * @throws org.ferrohsm.core.fault.HsmException PIN_INCORRECT if the passphrase is another one; DATA_INVALID if this is
     *     no encrypted key
     */
    public static byte[] open(byte[] encrypted, SecretBytes passphrase) {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            if (parameters == null || !parameters.toString().equals(ALGORITHM)) {
                throw Fault.DATA_INVALID.because(
                        "the key is encrypted otherwise than by PBES2 with " + "PBKDF2-HMAC-SHA-256 and AES-256-CBC");
            }
            PBEParameterSpec cost = parameters.getParameterSpec(PBEParameterSpec.class);
            if (cost.getIterationCount() > MAX_ITERATIONS) {
                throw Fault.DATA_INVALID.because("the key asks for more than " + MAX_ITERATIONS + " rounds");
            }
            return cipher(Cipher.DECRYPT_MODE, passphrase, cost).doFinal(info.getEncryptedData());
        } catch (IOException e) {
            throw Fault.DATA_INVALID.because("this is no encrypted private key", e);
        } catch (GeneralSecurityException e) {
            throw Fault.PIN_INCORRECT.because("the passphrase is not the key's", e);
        }
    }

    private static Cipher cipher(int mode, SecretBytes passphrase, PBEParameterSpec cost)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", provider());
        cipher.init(mode, key(passphrase, cost), cost.getParameterSpec());
        return cipher;
    }

    private static SecretKey key(SecretBytes passphrase, PBEParameterSpec cost) {
        return passphrase.use(bytes -> {
            CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            char[] typed = new char[characters.remaining()];
            characters.get(typed);
            PBEKeySpec spec = new PBEKeySpec(typed, cost.getSalt(), cost.getIterationCount(), KEY_BITS);
            try {
                byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256", provider())
                        .generateSecret(spec)
                        .getEncoded();
                return new RawKey(derived, "AES");
            } catch (GeneralSecurityException e) {
                throw Fault.GENERAL_ERROR.because("the Java runtime has no PBKDF2", e);
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
