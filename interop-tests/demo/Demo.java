// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.ferrohsm.jca.FerroHsmProvider;

/** The demo's Java program: {@code sign ALIAS IN OUT} with a key of the token, {@code encrypt PUBLIC IN OUT}. */
public final class Demo {
    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new FerroHsmProvider());
        byte[] input = Files.readAllBytes(Path.of(arguments[2]));
        byte[] output =
                switch (arguments[0]) {
                    case "sign" -> sign(arguments[1], input);
                    case "encrypt" -> encrypt(Files.readAllBytes(Path.of(arguments[1])), input);
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        Files.write(Path.of(arguments[3]), output);
    }

    private static byte[] sign(String alias, byte[] data) throws Exception {
        KeyStore token = KeyStore.getInstance("FERROHSM");
        token.load(null, System.getenv("PIN").toCharArray());
        PrivateKey key = (PrivateKey) token.getKey(alias, null);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    private static byte[] encrypt(byte[] publicKey, byte[] data) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", FerroHsmProvider.NAME);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(data);
    }
}
