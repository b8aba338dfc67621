// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque keys: what they say of themselves, how they are made and imported, and what they do in MACs and agreements. */
class KeysTest {
    private static final byte[] DATA = {1, 2, 3};

    @TempDir
    Path folder;

    private Provider provider;
    private KeyStore store;

    @BeforeEach
    void logIn() throws Exception {
        provider = TestToken.in(folder).provider();
        store = TestToken.keyStore(provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_private_key_says_what_it_is_and_shows_nothing(String algorithm) throws Exception {
        KeyPair pair = generate(algorithm, FerroKeySpec.builder().label("k").build());
        PrivateKey key = pair.getPrivate();
        assertNull(key.getFormat());
        assertNull(key.getEncoded());
        assertFalse(key instanceof RSAPrivateKey);
        assertFalse(key instanceof ECPrivateKey);
        switch (algorithm) {
            case "RSA" -> {
                assertEquals(((RSAPublicKey) pair.getPublic()).getModulus(), ((RSAKey) key).getModulus());
                assertEquals("RSA", key.getAlgorithm());
            }
            case "EC" -> {
                assertEquals(
                        ((ECPublicKey) pair.getPublic()).getParams().getOrder(),
                        ((ECKey) key).getParams().getOrder());
                assertEquals("EC", key.getAlgorithm());
            }
            default -> {
                assertInstanceOf(EdECPublicKey.class, pair.getPublic());
                assertEquals("Ed25519", ((EdECKey) key).getParams().getName());
                assertEquals("EdDSA", key.getAlgorithm());
            }
        }
        assertThrows(
                NotSerializableException.class,
                () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key));
        assertFalse(key.toString().matches(".*[0-9a-f]{16}.*"), key.toString());
    }

    @Test
    void two_keys_are_equal_if_they_are_one_object() throws Exception {
        KeyPair pair = generate("EC", FerroKeySpec.builder().label("one").build());
        Key found = store.getKey("one", null);
        assertNotNull(found);
        assertEquals(pair.getPrivate(), found);
        assertEquals(pair.getPrivate().hashCode(), found.hashCode());
        assertNotEquals(
                pair.getPrivate(),
                generate("EC", FerroKeySpec.builder().build()).getPrivate());
    }

    @Test
    void destroying_a_key_releases_it_and_deletes_nothing() throws Exception {
        KeyPair pair = generate("EC", FerroKeySpec.builder().label("stays").build());
        pair.getPrivate().destroy();
        assertTrue(pair.getPrivate().isDestroyed());
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(InvalidKeyException.class, () -> signer.initSign(pair.getPrivate()));
        assertNotNull(store.getKey("stays", null));
        signer.initSign((PrivateKey) store.getKey("stays", null));
    }

    @Test
    void a_session_key_leaves_nothing_in_the_token() throws Exception {
        generate("EC", FerroKeySpec.builder().label("gone").session().build());
        KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        assertEquals(0, store.size());
    }

    @Test
    void usages_are_those_of_the_specification() throws Exception {
        KeyPair derives = generate(
                "EC", FerroKeySpec.builder().session().usages(KeyUsage.DERIVE).build());
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(InvalidKeyException.class, () -> signer.initSign(derives.getPrivate()));
        KeyAgreement.getInstance("ECDH", provider).init(derives.getPrivate());
    }

    @Test
    void sizes_and_curves_that_the_token_lacks_are_refused_at_once() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA", provider);
        assertThrows(InvalidParameterException.class, () -> rsa.initialize(1024));
        rsa.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        assertEquals(
                2048, ((RSAKey) rsa.generateKeyPair().getPrivate()).getModulus().bitLength());
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", provider);
        assertThrows(InvalidParameterException.class, () -> ec.initialize(192));
        assertThrows(
                InvalidAlgorithmParameterException.class, () -> ec.initialize(new ECGenParameterSpec("secp192r1")));
        KeyGenerator aes = KeyGenerator.getInstance("AES", provider);
        assertThrows(InvalidParameterException.class, () -> aes.init(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_software_key_is_imported_and_signs_the_same(String algorithm) throws Exception {
        KeyPair software = software(algorithm);
        KeyFactory factory = KeyFactory.getInstance(algorithm, provider);
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(software.getPrivate().getEncoded());
        PrivateKey passing = factory.generatePrivate(encoded);
        PrivateKey translated = (PrivateKey) factory.translateKey(software.getPrivate());
        assertEquals(0, store.size());
        PrivateKey lasting = factory.generatePrivate(
                FerroKeySpec.builder().label("imported").key(encoded).build());
        assertEquals(lasting, store.getKey("imported", null));
        for (PrivateKey key : new PrivateKey[] {passing, translated, lasting}) {
            assertNull(key.getEncoded());
            Signature signer = Signature.getInstance(TestCertificates.algorithm(key), provider);
            signer.initSign(key);
            signer.update(DATA);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(TestCertificates.algorithm(key));
            verifier.initVerify(software.getPublic());
            verifier.update(DATA);
            assertTrue(verifier.verify(signature));
        }
        assertEquals(
                software.getPublic(),
                factory.generatePublic(
                        new X509EncodedKeySpec(software.getPublic().getEncoded())));
        assertThrows(InvalidKeySpecException.class, () -> factory.getKeySpec(passing, PKCS8EncodedKeySpec.class));
        assertThrows(
                InvalidKeySpecException.class,
                () -> factory.generatePrivate(FerroKeySpec.builder().build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HmacSHA1", "HmacSHA224", "HmacSHA256", "HmacSHA384", "HmacSHA512"})
    void the_token_s_mac_is_the_platform_s(String algorithm) throws Exception {
        SecretKeySpec software = new SecretKeySpec(new byte[40], algorithm);
        SecretKey opaque = SecretKeyFactory.getInstance(algorithm, provider).generateSecret(software);
        Mac mine = Mac.getInstance(algorithm, provider);
        mine.init(opaque);
        Mac theirs = Mac.getInstance(algorithm, "SunJCE");
        theirs.init(software);
        for (int length : new int[] {0, 3, 200_000}) {
            byte[] data = new byte[length];
            Arrays.fill(data, (byte) 9);
            for (int at = 0; at < length; at += 50_000) {
                mine.update(data, at, Math.min(50_000, length - at));
            }
            assertArrayEquals(theirs.doFinal(data), mine.doFinal());
        }
        assertThrows(InvalidKeyException.class, () -> mine.init(software));
        Mac bound = Mac.getInstance(algorithm, provider);
        assertEquals(theirs.getMacLength(), bound.getMacLength());
        bound.init(software);
        assertArrayEquals(theirs.doFinal(DATA), bound.doFinal(DATA), "a caller that asks for the length first");
        SecretKey aes = KeyGenerator.getInstance("AES", provider).generateKey();
        assertThrows(InvalidKeyException.class, () -> mine.init(aes));
        SecretKey made = KeyGenerator.getInstance(algorithm, provider).generateKey();
        mine.init(made);
        assertEquals(theirs.getMacLength(), mine.doFinal(DATA).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 384, 521})
    void both_sides_of_an_agreement_come_to_one_secret(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(bits);
        KeyPair mine = generator.generateKeyPair();
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC", "SunEC");
        other.initialize(bits);
        KeyPair theirs = other.generateKeyPair();
        KeyAgreement software = KeyAgreement.getInstance("ECDH", "SunEC");
        software.init(theirs.getPrivate());
        software.doPhase(mine.getPublic(), true);
        byte[] expected = software.generateSecret();
        KeyAgreement token = KeyAgreement.getInstance("ECDH", provider);
        token.init(mine.getPrivate());
        token.doPhase(theirs.getPublic(), true);
        assertArrayEquals(expected, token.generateSecret());
        token.doPhase(theirs.getPublic(), true);
        assertArrayEquals(expected, token.generateSecret("TlsPremasterSecret").getEncoded());
        token.doPhase(theirs.getPublic(), true);
        SecretKey opaque = token.generateSecret("AES");
        assertNull(opaque.getEncoded());
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, new IvParameterSpec(new byte[16]));
        Cipher platform = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
        platform.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(aesPart(expected), "AES"), new IvParameterSpec(new byte[16]));
        assertArrayEquals(platform.doFinal(DATA), cipher.doFinal(DATA));
    }

    /** A secret that is too long loses leading bytes (PKCS#11 3.2 section 6.3, CKM_ECDH1_DERIVE). */
    private static byte[] aesPart(byte[] secret) {
        return Arrays.copyOfRange(secret, secret.length - 32, secret.length);
    }

    @Test
    void an_agreement_refuses_another_curve_and_a_missing_phase() throws Exception {
        KeyPair mine = generate("EC", FerroKeySpec.builder().session().build());
        KeyAgreement token = KeyAgreement.getInstance("ECDH", provider);
        token.init(mine.getPrivate());
        assertThrows(IllegalStateException.class, token::generateSecret);
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC", "SunEC");
        other.initialize(384);
        assertThrows(
                InvalidKeyException.class,
                () -> token.doPhase(other.generateKeyPair().getPublic(), true));
        assertThrows(InvalidKeyException.class, () -> token.init(software("EC").getPrivate()));
    }

    private KeyPair generate(String algorithm, FerroKeySpec spec) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(spec);
        return generator.generateKeyPair();
    }

    private static KeyPair software(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm, algorithm.equals("RSA") ? "SunRsaSign" : "SunEC")
                .generateKeyPair();
    }
}
