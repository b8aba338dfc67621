// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures made by the token are the platform's to verify, and the reverse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureTest {
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);

    private Provider provider;
    private final Map<String, KeyPair> pairs = new HashMap<>();

    @BeforeAll
    void generate(@TempDir Path folder) throws Exception {
        provider = TestToken.in(folder).provider();
        TestToken.keyStore(provider);
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            pairs.put(algorithm, generator.generateKeyPair());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, SHA1withRSA",
        "RSA, SHA224withRSA",
        "RSA, SHA256withRSA",
        "RSA, SHA384withRSA",
        "RSA, SHA512withRSA",
        "RSA, NONEwithRSA",
        "EC, SHA1withECDSA",
        "EC, SHA256withECDSA",
        "EC, SHA512withECDSA",
        "EC, SHA256withECDSAinP1363Format",
        "Ed25519, Ed25519",
        "Ed25519, EdDSA"
    })
    void the_platform_verifies_what_the_token_signs(String key, String algorithm) throws Exception {
        byte[] signature = sign(key, algorithm);
        assertTrue(verifies(platform(algorithm), key, signature, DATA));
        assertFalse(verifies(platform(algorithm), key, signature, new byte[] {1}));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, SHA256withRSA",
        "EC, NONEwithECDSA",
        "EC, NONEwithECDSAinP1363Format",
        "EC, SHA384withECDSA",
        "EC, SHA384withECDSAinP1363Format",
        "Ed25519, Ed25519"
    })
    void a_caller_that_names_the_provider_has_public_keys_verify_too(String key, String algorithm) throws Exception {
        byte[] signature = sign(key, algorithm);
        assertTrue(verifies(Signature.getInstance(algorithm, provider), key, signature, DATA));
        signature[signature.length - 1] ^= 1;
        assertFalse(verifies(Signature.getInstance(algorithm, provider), key, signature, DATA));
        assertFalse(verifies(Signature.getInstance(algorithm, provider), key, new byte[] {1, 2, 3}, DATA));
    }

    /** The signature (5, 1) is that of 32 bytes of 01 under this key, which was computed from it. */
    @Test
    void a_p1363_signature_that_is_shorter_than_twice_the_order_does_not_verify() throws Exception {
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of()
                        .parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                                + "6c4081d56840a443e0b9143202f8aa083b4673c0790572c42eb0806951006ddf"
                                + "e713238fc69de920834de30e11ab5bd2c8687cf6ca1b377f232a5b58579d57be")));
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 1);
        byte[] full = new byte[64];
        full[31] = 5;
        full[63] = 1;
        for (byte[] signature : new byte[][] {full, {5, 1}}) {
            Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format", provider);
            verifier.initVerify(key);
            verifier.update(digest);
            assertEquals(signature.length == full.length, verifier.verify(signature));
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, SHA256withRSA", "EC, SHA256withECDSA", "Ed25519, Ed25519"})
    void a_long_message_in_parts_is_signed_as_one(String key, String algorithm) throws Exception {
        byte[] data = new byte[200_000];
        new Random(7).nextBytes(data);
        Signature signer = Signature.getInstance(algorithm, provider);
        signer.initSign(pair(key).getPrivate());
        for (int at = 0; at < data.length; at += 10_000) {
            signer.update(data, at, 10_000);
        }
        assertTrue(verifies(platform(algorithm), key, signer.sign(), data));
        signer.update(DATA);
        assertTrue(verifies(platform(algorithm), key, signer.sign(), DATA));
    }

    @Test
    void pss_takes_its_parameters_before_the_key() throws Exception {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA256, 20, 1);
        Signature signer = Signature.getInstance("RSASSA-PSS", provider);
        signer.setParameter(spec);
        signer.initSign(pair("RSA").getPrivate());
        signer.update(DATA);
        byte[] signature = signer.sign();
        assertEquals(
                "SHA-384",
                signer.getParameters().getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        Signature verifier = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        verifier.setParameter(spec);
        assertTrue(verifies(verifier, "RSA", signature, DATA));
    }

    @Test
    void pss_named_by_its_hash_salts_with_as_many_bytes() throws Exception {
        byte[] signature = sign("RSA", "SHA256withRSAandMGF1");
        Signature verifier = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        assertTrue(verifies(verifier, "RSA", signature, DATA));
    }

    @Test
    void pss_without_parameters_does_not_sign() throws Exception {
        Signature signer = Signature.getInstance("RSASSA-PSS", provider);
        signer.initSign(pair("RSA").getPrivate());
        assertThrows(SignatureException.class, () -> signer.update(DATA));
        assertThrows(InvalidAlgorithmParameterException.class, () -> signer.setParameter(new ECGenParameterSpec("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void each_curve_signs_in_both_forms(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        for (String algorithm : new String[] {"SHA512withECDSA", "SHA512withECDSAinP1363Format"}) {
            Signature signer = Signature.getInstance(algorithm, provider);
            signer.initSign(pair.getPrivate());
            signer.update(DATA);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm, "SunEC");
            verifier.initVerify(pair.getPublic());
            verifier.update(DATA);
            assertTrue(verifier.verify(signature), curve + " " + algorithm);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void selection_finds_the_key_s_own_provider_wherever_it_stands(boolean first) throws Exception {
        Security.insertProviderAt(provider, first ? 1 : Security.getProviders().length + 1);
        try {
            for (String[] each :
                    new String[][] {{"RSA", "SHA256withRSA"}, {"EC", "SHA256withECDSA"}, {"Ed25519", "Ed25519"}}) {
                Signature signature = Signature.getInstance(each[1]);
                signature.initSign(pair(each[0]).getPrivate());
                assertEquals("FerroHSM", signature.getProvider().getName());
                signature.update(DATA);
                byte[] made = signature.sign();
                Signature verifier = Signature.getInstance(each[1]);
                verifier.initVerify(pair(each[0]).getPublic());
                assertFalse(verifier.getProvider().getName().equals("FerroHSM"));
                verifier.update(DATA);
                assertTrue(verifier.verify(made));
                KeyPair software = KeyPairGenerator.getInstance(each[0], each[0].equals("RSA") ? "SunRsaSign" : "SunEC")
                        .generateKeyPair();
                Signature other = Signature.getInstance(each[1]);
                other.initSign(software.getPrivate());
                assertFalse(other.getProvider().getName().equals("FerroHSM"));
            }
        } finally {
            Security.removeProvider("FerroHSM");
        }
    }

    @Test
    void a_foreign_or_wrong_key_is_an_invalid_key() throws Exception {
        KeyPair software = KeyPairGenerator.getInstance("EC", "SunEC").generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(InvalidKeyException.class, () -> signer.initSign(software.getPrivate()));
        assertThrows(
                InvalidKeyException.class, () -> signer.initSign(pair("RSA").getPrivate()));
        assertThrows(
                InvalidKeyException.class, () -> signer.initVerify(pair("RSA").getPublic()));
        assertThrows(InvalidKeyException.class, () -> signer.initVerify((PublicKey) null));
    }

    @Test
    void a_signature_without_a_key_says_so() throws Exception {
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(SignatureException.class, signer::sign);
    }

    @Test
    void the_same_signature_object_serves_many_messages() throws Exception {
        Signature signer = Signature.getInstance("Ed25519", provider);
        signer.initSign(pair("Ed25519").getPrivate());
        signer.update(DATA);
        byte[] once = signer.sign();
        signer.update(DATA);
        assertArrayEquals(once, signer.sign());
    }

    private KeyPair pair(String key) {
        return Objects.requireNonNull(pairs.get(key));
    }

    private byte[] sign(String key, String algorithm) throws Exception {
        Signature signer = Signature.getInstance(algorithm, provider);
        signer.initSign(pair(key).getPrivate());
        signer.update(toSign(algorithm, DATA));
        return signer.sign();
    }

    private boolean verifies(Signature verifier, String key, byte[] signature, byte[] data) throws Exception {
        verifier.initVerify(pair(key).getPublic());
        verifier.update(toSign(verifier.getAlgorithm(), data));
        return verifier.verify(signature);
    }

    private static byte[] toSign(String algorithm, byte[] data) {
        return algorithm.startsWith("NONEwithECDSA") ? Arrays.copyOf(data, 32) : data;
    }

    private static Signature platform(String algorithm) throws Exception {
        return algorithm.equals("NONEwithRSA")
                ? Signature.getInstance(algorithm, "SunJCE")
                : Signature.getInstance(algorithm);
    }
}
