// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption by the token and by the platform under one key come to the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CipherTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] DATA = new byte[100_000];
    private static final byte[] IV = new byte[16];

    private Provider provider;
    private SecretKey opaque;
    private KeyPair rsa;
    private final Random ivs = new Random(5);

    @BeforeAll
    void generate(@TempDir Path folder) throws Exception {
        Random random = new Random(3);
        random.nextBytes(KEY);
        random.nextBytes(DATA);
        random.nextBytes(IV);
        provider = TestToken.in(folder).provider();
        TestToken.keyStore(provider);
        opaque = SecretKeyFactory.getInstance("AES", provider).generateSecret(new SecretKeySpec(KEY, "AES"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({
        "AES/CBC/PKCS5Padding, 0",
        "AES/CBC/PKCS5Padding, 15",
        "AES/CBC/PKCS5Padding, 100000",
        "AES/CBC/NoPadding, 16000",
        "AES/CTR/NoPadding, 33",
        "AES/CTR/NoPadding, 100000",
        "AES/GCM/NoPadding, 0",
        "AES/GCM/NoPadding, 77",
        "AES/GCM/NoPadding, 100000",
        "AES/ECB/NoPadding, 16000"
    })
    void token_and_platform_agree(String transformation, int length) throws Exception {
        byte[] data = Arrays.copyOf(DATA, length);
        for (boolean inParts : new boolean[] {false, true}) {
            AlgorithmParameterSpec parameters = freshParameters(transformation);
            Cipher software = Cipher.getInstance(transformation, "SunJCE");
            software.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), parameters);
            byte[] expected = software.doFinal(data);
            Cipher token = Cipher.getInstance(transformation, provider);
            token.init(Cipher.ENCRYPT_MODE, opaque, parameters);
            assertArrayEquals(expected, inParts ? inParts(token, data) : token.doFinal(data), "encryption");
            token.init(Cipher.DECRYPT_MODE, opaque, parameters);
            assertArrayEquals(data, token.doFinal(expected), "decryption in one call");
            assertArrayEquals(data, inParts(token, expected), "decryption in parts");
        }
    }

    @Test
    void gcm_makes_its_own_iv_and_shows_it() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque);
        byte[] iv = cipher.getIV();
        assertEquals(12, iv.length);
        cipher.updateAAD(IV);
        byte[] encrypted = cipher.doFinal(DATA);
        cipher.init(Cipher.ENCRYPT_MODE, opaque);
        assertFalse(Arrays.equals(iv, cipher.getIV()));
        Cipher software = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        software.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, iv));
        software.updateAAD(IV);
        assertArrayEquals(DATA, software.doFinal(encrypted));
        assertEquals(
                128,
                cipher.getParameters().getParameterSpec(GCMParameterSpec.class).getTLen());
    }

    @Test
    void gcm_refuses_a_key_and_iv_a_second_time() throws Exception {
        GCMParameterSpec spec = new GCMParameterSpec(128, new byte[12]);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, spec);
        cipher.doFinal(DATA);
        assertThrows(IllegalStateException.class, () -> cipher.doFinal(DATA));
        assertThrows(IllegalStateException.class, () -> cipher.update(DATA));
        assertThrows(InvalidAlgorithmParameterException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, opaque, spec));
        cipher.init(Cipher.DECRYPT_MODE, opaque, spec);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gcm_names_a_bad_tag(boolean inParts) throws Exception {
        AlgorithmParameterSpec spec = freshParameters("AES/GCM/NoPadding");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, spec);
        byte[] encrypted = cipher.doFinal(DATA);
        encrypted[0] ^= 1;
        cipher.init(Cipher.DECRYPT_MODE, opaque, spec);
        assertThrows(
                AEADBadTagException.class,
                () -> consume(inParts ? inParts(cipher, encrypted) : cipher.doFinal(encrypted)));
        encrypted[0] ^= 1;
        assertArrayEquals(DATA, cipher.doFinal(encrypted));
    }

    @Test
    void cbc_makes_its_own_iv_and_needs_one_to_decrypt() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque);
        byte[] encrypted = cipher.doFinal(DATA);
        byte[] iv = cipher.getIV();
        Cipher other = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        assertThrows(InvalidKeyException.class, () -> other.init(Cipher.DECRYPT_MODE, opaque));
        other.init(Cipher.DECRYPT_MODE, opaque, cipher.getParameters());
        assertArrayEquals(DATA, other.doFinal(encrypted));
        assertArrayEquals(iv, other.getIV());
    }

    @Test
    void a_buffer_that_is_too_small_loses_nothing() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, new IvParameterSpec(IV));
        assertThrows(ShortBufferException.class, () -> cipher.update(DATA, 0, 64, new byte[10], 0));
        byte[] output = new byte[256];
        int length = cipher.update(DATA, 0, 64, output, 0);
        assertThrows(ShortBufferException.class, () -> cipher.doFinal(DATA, 64, 36, new byte[10], 0));
        length += cipher.doFinal(DATA, 64, 36, output, length);
        cipher.init(Cipher.DECRYPT_MODE, opaque, new IvParameterSpec(IV));
        byte[] encrypted = Arrays.copyOf(output, length);
        assertThrows(ShortBufferException.class, () -> cipher.doFinal(encrypted, 0, 112, new byte[99], 0));
        byte[] exact = new byte[100];
        assertEquals(100, cipher.doFinal(encrypted, 0, 112, exact, 0));
        assertArrayEquals(Arrays.copyOf(DATA, 100), exact);
    }

    @Test
    void data_that_do_not_fill_a_block_are_an_illegal_block_size() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, new IvParameterSpec(IV));
        assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(DATA, 0, 17));
    }

    @Test
    void foreign_keys_and_parameters_are_refused() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES")));
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> cipher.init(Cipher.ENCRYPT_MODE, opaque, new IvParameterSpec(IV)));
        SecretKey mac = KeyGenerator.getInstance("HmacSHA256", provider).generateKey();
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, mac));
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(FerroKeySpec.builder().session().usages(KeyUsage.DECRYPT).build());
        SecretKey oneWay = generator.generateKey();
        assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, oneWay));
    }

    @Test
    void a_parameter_that_the_token_refuses_is_no_raw_runtime_exception() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, opaque, new GCMParameterSpec(32, new byte[12]));
        assertThrows(IllegalBlockSizeException.class, () -> cipher.doFinal(DATA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA/ECB/PKCS1Padding",
                "RSA/ECB/OAEPPadding",
                "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-512AndMGF1Padding"
            })
    void the_token_decrypts_what_the_platform_encrypts(String transformation) throws Exception {
        byte[] data = Arrays.copyOf(DATA, 40);
        Cipher software = Cipher.getInstance(transformation, "SunJCE");
        software.init(Cipher.ENCRYPT_MODE, rsa.getPublic());
        Cipher token = Cipher.getInstance(transformation, provider);
        token.init(Cipher.DECRYPT_MODE, rsa.getPrivate());
        assertArrayEquals(data, token.doFinal(software.doFinal(data)));
        Cipher named = Cipher.getInstance(transformation, provider);
        named.init(Cipher.ENCRYPT_MODE, rsa.getPublic());
        assertArrayEquals(data, token.doFinal(named.doFinal(data)));
    }

    @Test
    void oaep_takes_explicit_parameters() throws Exception {
        OAEPParameterSpec spec = new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[] {1, 2}));
        Cipher software = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
        software.init(Cipher.ENCRYPT_MODE, rsa.getPublic(), spec);
        byte[] encrypted = software.doFinal(IV);
        Cipher token = Cipher.getInstance("RSA/ECB/OAEPPadding", provider);
        token.init(Cipher.DECRYPT_MODE, rsa.getPrivate(), spec);
        assertArrayEquals(IV, token.doFinal(encrypted));
        assertEquals(
                "SHA-256",
                token.getParameters().getParameterSpec(OAEPParameterSpec.class).getDigestAlgorithm());
        token.init(Cipher.DECRYPT_MODE, rsa.getPrivate());
        assertThrows(BadPaddingException.class, () -> token.doFinal(encrypted));
    }

    @Test
    void too_much_for_rsa_is_an_illegal_block_size() throws Exception {
        Cipher token = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
        token.init(Cipher.ENCRYPT_MODE, rsa.getPublic());
        assertThrows(IllegalBlockSizeException.class, () -> token.doFinal(DATA));
        token.init(Cipher.DECRYPT_MODE, rsa.getPrivate());
        assertThrows(IllegalBlockSizeException.class, () -> token.doFinal(DATA, 0, 17));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void selection_finds_the_key_s_own_provider(boolean first) throws Exception {
        Security.insertProviderAt(provider, first ? 1 : Security.getProviders().length + 1);
        try {
            Cipher token = Cipher.getInstance("AES/GCM/NoPadding");
            token.init(Cipher.ENCRYPT_MODE, opaque);
            assertEquals("FerroHSM", token.getProvider().getName());
            Cipher software = Cipher.getInstance("AES/GCM/NoPadding");
            software.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
            assertEquals("SunJCE", software.getProvider().getName());
            Cipher publicOne = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            publicOne.init(Cipher.ENCRYPT_MODE, rsa.getPublic());
            assertEquals("SunJCE", publicOne.getProvider().getName());
            Cipher privateOne = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            privateOne.init(Cipher.DECRYPT_MODE, rsa.getPrivate());
            assertEquals("FerroHSM", privateOne.getProvider().getName());
        } finally {
            Security.removeProvider("FerroHSM");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/KW/NoPadding", "AES/KWP/NoPadding"})
    void a_key_wraps_another_and_back(String transformation) throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(FerroKeySpec.builder()
                .session()
                .usages(KeyUsage.WRAP, KeyUsage.UNWRAP)
                .build());
        SecretKey wrapping = generator.generateKey();
        generator.init(FerroKeySpec.builder().session().extractable().build());
        SecretKey inner = generator.generateKey();
        Cipher cipher = Cipher.getInstance(transformation, provider);
        cipher.init(Cipher.WRAP_MODE, wrapping);
        byte[] wrapped = cipher.wrap(inner);
        cipher.init(Cipher.UNWRAP_MODE, wrapping);
        SecretKey again = (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        Cipher one = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        one.init(Cipher.ENCRYPT_MODE, inner, new IvParameterSpec(IV));
        byte[] encrypted = one.doFinal(DATA);
        one.init(Cipher.DECRYPT_MODE, again, new IvParameterSpec(IV));
        assertArrayEquals(DATA, one.doFinal(encrypted));
        wrapped[3] ^= 1;
        assertThrows(InvalidKeyException.class, () -> cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY));
        cipher.init(Cipher.WRAP_MODE, wrapping);
        assertThrows(InvalidKeyException.class, () -> cipher.wrap(opaque), "not extractable");
        byte[] wrappedSoftware = cipher.wrap(new SecretKeySpec(KEY, "AES"));
        cipher.init(Cipher.UNWRAP_MODE, wrapping);
        one.init(
                Cipher.ENCRYPT_MODE, cipher.unwrap(wrappedSoftware, "AES", Cipher.SECRET_KEY), new IvParameterSpec(IV));
        Cipher software = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
        software.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
        assertArrayEquals(software.doFinal(DATA), one.doFinal(DATA));
    }

    @Test
    void rsa_oaep_unwraps_to_an_opaque_key() throws Exception {
        Cipher software = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "SunJCE");
        software.init(Cipher.WRAP_MODE, rsa.getPublic());
        byte[] wrapped = software.wrap(new SecretKeySpec(KEY, "AES"));
        Cipher token = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", provider);
        token.init(Cipher.UNWRAP_MODE, rsa.getPrivate());
        SecretKey unwrapped = (SecretKey) token.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        Cipher one = Cipher.getInstance("AES/CBC/PKCS5Padding", provider);
        one.init(Cipher.ENCRYPT_MODE, unwrapped, new IvParameterSpec(IV));
        byte[] encrypted = one.doFinal(DATA);
        one.init(Cipher.DECRYPT_MODE, opaque, new IvParameterSpec(IV));
        assertArrayEquals(DATA, one.doFinal(encrypted));
        assertNotNull(unwrapped);
    }

    private @Nullable AlgorithmParameterSpec freshParameters(String transformation) {
        if (transformation.contains("ECB")) {
            return null;
        }
        byte[] iv = new byte[16];
        ivs.nextBytes(iv);
        return transformation.contains("GCM") ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv);
    }

    private static byte[] inParts(Cipher cipher, byte[] data) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < data.length; at += 7777) {
            byte[] part = cipher.update(data, at, Math.min(7777, data.length - at));
            if (part != null) {
                all.write(part);
            }
        }
        all.write(cipher.doFinal());
        return all.toByteArray();
    }

    private static void consume(byte[] output) {
        throw new AssertionError("there should have been no output, but " + output.length + " bytes");
    }
}
