// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import javax.crypto.SecretKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** jose4j. */
class Jose4jTest {
    private static final String CLAIMS = "{\"sub\":\"alice\"}";

    @TempDir
    static Path folder;

    private static Desk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.in(folder);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({"RS256,RSA", "RS512,RSA", "PS256,RSA", "PS512,RSA", "ES256,EC", "EdDSA,Ed25519"})
    void a_key_of_the_token_signs_a_token(String algorithm, String kind) throws Exception {
        KeyPair pair = desk.pair(kind, algorithm);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(CLAIMS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(pair.getPrivate());
        signature.setProviderContext(ours());
        JsonWebSignature received = new JsonWebSignature();
        received.setCompactSerialization(signature.getCompactSerialization());
        received.setKey(pair.getPublic());
        assertTrue(received.verifySignature());
        assertEquals(CLAIMS, received.getPayload());
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP,A256GCM,RSA", "RSA-OAEP-256,A256GCM,RSA", "RSA-OAEP-256,A128CBC-HS256,RSA"})
    void a_private_key_opens_what_was_encrypted_for_it(String algorithm, String content, String kind) throws Exception {
        KeyPair pair = desk.pair(kind, algorithm + content);
        assertOpens(algorithm, content, pair.getPublic(), pair.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A256GCMKW"})
    void a_secret_key_seals_and_opens(String algorithm) throws Exception {
        SecretKey key = desk.secret("AES", algorithm, KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
        assertOpens(algorithm, "A256GCM", key, key);
    }

    /** Signs by the provider where a key comes after the parameters, and lets content keys come out in clear. */
    private static ProviderContext ours() {
        ProviderContext context = new ProviderContext();
        context.getSuppliedKeyProviderContext().setSignatureProvider("FerroHSM");
        context.getSuppliedKeyProviderContext().setKeyDecipherModeOverride(ProviderContext.KeyDecipherMode.DECRYPT);
        return context;
    }

    private static void assertOpens(String algorithm, String content, Key sealing, Key opening) throws Exception {
        JsonWebEncryption sealed = new JsonWebEncryption();
        sealed.setAlgorithmHeaderValue(algorithm);
        sealed.setEncryptionMethodHeaderParameter(content);
        sealed.setPayload(CLAIMS);
        sealed.setKey(sealing);
        sealed.setDoKeyValidation(false);
        JsonWebEncryption received = new JsonWebEncryption();
        received.setCompactSerialization(sealed.getCompactSerialization());
        received.setDoKeyValidation(false);
        received.setProviderContext(ours());
        received.setKey(opening);
        assertEquals(CLAIMS, received.getPayload());
    }
}
