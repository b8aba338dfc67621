// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import javax.crypto.SecretKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** nimbus-jose-jwt. */
class NimbusTest {
    private static final Payload CLAIMS = new Payload("{\"sub\":\"alice\"}");

    @TempDir
    static Path folder;

    private static Desk desk;
    private static KeyPair rsa;
    private static KeyPair ec;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.in(folder);
        rsa = desk.pair("RSA", "rsa");
        ec = desk.pair("EC", "ec");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void an_rsa_key_signs_a_token(String algorithm) throws Exception {
        RSASSASigner signer = new RSASSASigner(rsa.getPrivate());
        signer.getJCAContext().setProvider(desk.provider());
        JWSObject signed = sign(JWSAlgorithm.parse(algorithm), signer);
        assertTrue(signed.verify(new RSASSAVerifier((RSAPublicKey) rsa.getPublic())));
    }

    @Test
    void an_ec_key_signs_a_token() throws Exception {
        JWSObject signed = sign(JWSAlgorithm.ES256, new ECDSASigner(ec.getPrivate(), Curve.P_256));
        assertTrue(signed.verify(new ECDSAVerifier((ECPublicKey) ec.getPublic())));
    }

    @Test
    void an_edwards_key_signs_a_token_through_a_signer_of_the_application() throws Exception {
        KeyPair pair = desk.pair("Ed25519", "ed25519");
        JWSObject signed = sign(JWSAlgorithm.EdDSA, new EdwardsSigner(pair.getPrivate()));
        Signature verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.initVerify(pair.getPublic());
        verifier.update(signed.getSigningInput());
        assertTrue(verifier.verify(signed.getSignature().decode()));
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP,false", "RSA-OAEP,true", "RSA-OAEP-256,false", "RSA-OAEP-256,true", "RSA-OAEP-512,true"})
    void an_rsa_key_opens_what_was_encrypted_for_it(String algorithm, boolean named) throws Exception {
        RSADecrypter decrypter = new RSADecrypter(rsa.getPrivate());
        if (named) {
            decrypter.getJCAContext().setKeyEncryptionProvider(desk.provider());
        }
        assertOpens(algorithm, EncryptionMethod.A256GCM, new RSAEncrypter((RSAPublicKey) rsa.getPublic()), decrypter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDH-ES", "ECDH-ES+A256KW"})
    void an_ec_key_opens_what_was_encrypted_for_it(String algorithm) throws Exception {
        ECDHDecrypter decrypter = new ECDHDecrypter(ec.getPrivate(), Set.of(), Curve.P_256);
        assertOpens(algorithm, EncryptionMethod.A256GCM, new ECDHEncrypter((ECPublicKey) ec.getPublic()), decrypter);
    }

    @Test
    void an_aes_key_encrypts_tokens_directly() throws Exception {
        SecretKey key = desk.secret("AES", "direct", KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
        assertOpens("dir", EncryptionMethod.A256GCM, new DirectEncrypter(key), new DirectDecrypter(key, true));
    }

    private static JWSObject sign(JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
        JWSObject object = new JWSObject(new JWSHeader(algorithm), CLAIMS);
        object.sign(signer);
        return JWSObject.parse(object.serialize());
    }

    private static void assertOpens(
            String algorithm, EncryptionMethod method, JWEEncrypter encrypter, JWEDecrypter decrypter)
            throws Exception {
        JWEObject object = new JWEObject(new JWEHeader(JWEAlgorithm.parse(algorithm), method), CLAIMS);
        object.encrypt(encrypter);
        JWEObject received = JWEObject.parse(object.serialize());
        received.decrypt(decrypter);
        assertEquals(CLAIMS.toString(), received.getPayload().toString());
    }

    /** The library's own signer takes the bytes of the private key. */
    private static final class EdwardsSigner extends EdDSAProvider implements JWSSigner {
        private final PrivateKey key;

        EdwardsSigner(PrivateKey key) {
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(signingInput);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519", e);
            }
        }
    }
}
