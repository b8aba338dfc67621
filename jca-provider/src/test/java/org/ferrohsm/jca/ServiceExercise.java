// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;
import org.jspecify.annotations.Nullable;

/** Uses one service as its callers do, whatever its type. A type that it does not know is a failure. */
final class ServiceExercise {
    private static final byte[] DATA = Arrays.copyOf(new byte[] {1, 2, 3}, 32);

    private final Provider provider;
    private final boolean named;
    private final Map<String, KeyPair> opaque = new HashMap<>();
    private final Map<String, KeyPair> software = new HashMap<>();

    /** {@code named}: the provider is given as an instance, rather than found by the JCA. */
    ServiceExercise(Provider provider, boolean named) {
        this.provider = provider;
        this.named = named;
    }

    void run(Provider.Service service) throws GeneralSecurityException {
        String name = service.getAlgorithm();
        switch (service.getType()) {
            case "Signature" -> signature(name);
            case "Cipher" -> cipher(name);
            case "Mac" -> mac(name);
            case "KeyAgreement" -> agreement(name);
            case "KeyPairGenerator" ->
                assertInstanceOf(
                        OpaqueKey.class,
                        KeyPairGenerator.getInstance(name, provider)
                                .generateKeyPair()
                                .getPrivate());
            case "KeyGenerator" ->
                assertInstanceOf(
                        OpaqueKey.class,
                        KeyGenerator.getInstance(name, provider).generateKey());
            case "KeyFactory" -> keyFactory(name);
            case "SecretKeyFactory" ->
                assertInstanceOf(
                        OpaqueKey.class,
                        SecretKeyFactory.getInstance(name, provider).generateSecret(new SecretKeySpec(DATA, name)));
            case "MessageDigest" ->
                assertArrayEquals(
                        MessageDigest.getInstance(name, "SUN").digest(DATA),
                        MessageDigest.getInstance(name, provider).digest(DATA));
            case "AlgorithmParameters" ->
                assertEquals(
                        name, AlgorithmParameters.getInstance(name, provider).getAlgorithm());
            case "SecureRandom" -> {
                byte[] random = new byte[32];
                SecureRandom.getInstance(name, provider).nextBytes(random);
                assertTrue(!Arrays.equals(new byte[32], random));
            }
            case "KeyStore" ->
                assertEquals(name, KeyStore.getInstance(name, provider).getType());
            default -> throw new GeneralSecurityException("no exercise for a service of this type");
        }
    }

    /** Gives the service a key of somebody else. */
    void offerForeignKey(Provider.Service service) throws GeneralSecurityException {
        String name = service.getAlgorithm();
        Key secret = new SecretKeySpec(DATA, "AES");
        switch (service.getType()) {
            case "Signature" -> {
                Signature signature = Signature.getInstance(name, provider);
                KeyPair foreign = software(kindOfSignature(name));
                assertThrows(InvalidKeyException.class, () -> signature.initSign(foreign.getPrivate()));
            }
            case "Cipher" -> {
                Cipher cipher = Cipher.getInstance(name, provider);
                Key foreign = name.startsWith("RSA") ? software("RSA").getPrivate() : secret;
                int mode = name.contains("/KW") ? Cipher.UNWRAP_MODE : Cipher.DECRYPT_MODE;
                assertThrows(InvalidKeyException.class, () -> cipher.init(mode, foreign, parameters(name)));
            }
            case "Mac" -> {
                Mac mac = Mac.getInstance(name, provider);
                assertThrows(InvalidKeyException.class, () -> mac.init(secret));
            }
            case "KeyAgreement" -> {
                KeyAgreement agreement = KeyAgreement.getInstance(name, provider);
                KeyPair foreign = software(name.equals("ECDH") ? "EC" : name);
                assertThrows(InvalidKeyException.class, () -> agreement.init(foreign.getPrivate()));
            }
            default -> {}
        }
    }

    private void signature(String name) throws GeneralSecurityException {
        KeyPair pair = opaque(kindOfSignature(name));
        Signature signature = named ? Signature.getInstance(name, provider) : Signature.getInstance(name);
        signature.initSign(pair.getPrivate());
        assertSame(provider, signature.getProvider());
        if (name.equals("RSASSA-PSS")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.update(DATA);
        byte[] signed = signature.sign();
        Signature verifier = Signature.getInstance(name, provider);
        verifier.initVerify(pair.getPublic());
        if (name.equals("RSASSA-PSS")) {
            verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        verifier.update(DATA);
        assertTrue(verifier.verify(signed));
        verifier.update(DATA, 1, 31);
        assertTrue(!verifier.verify(signed));
    }

    private static String kindOfSignature(String name) {
        if (name.contains("RSA")) {
            return name.contains("ECDSA") ? "EC" : "RSA";
        }
        return name.contains("ECDSA") ? "EC" : name;
    }

    private void cipher(String name) throws GeneralSecurityException {
        Cipher cipher = named ? Cipher.getInstance(name, provider) : Cipher.getInstance(name);
        if (name.startsWith("RSA")) {
            KeyPair pair = opaque("RSA");
            Cipher outward = Cipher.getInstance(name, provider);
            outward.init(Cipher.ENCRYPT_MODE, pair.getPublic());
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), outward.getParameters());
            assertSame(provider, cipher.getProvider());
            assertArrayEquals(DATA, cipher.doFinal(outward.doFinal(DATA)));
        } else if (name.contains("/KW")) {
            SecretKey key = secret("AES", KeyUsage.WRAP, KeyUsage.UNWRAP);
            cipher.init(Cipher.WRAP_MODE, key);
            assertSame(provider, cipher.getProvider());
            byte[] wrapped = cipher.wrap(new SecretKeySpec(DATA, "AES"));
            cipher.init(Cipher.UNWRAP_MODE, key);
            assertInstanceOf(OpaqueKey.class, cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY));
        } else {
            SecretKey key = secret("AES", KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(name));
            assertSame(provider, cipher.getProvider());
            byte[] head = cipher.update(DATA, 0, 16);
            byte[] tail = cipher.doFinal(DATA, 16, 16);
            byte[] whole =
                    Arrays.copyOf(head == null ? new byte[0] : head, (head == null ? 0 : head.length) + tail.length);
            System.arraycopy(tail, 0, whole, whole.length - tail.length, tail.length);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(name));
            assertArrayEquals(DATA, cipher.doFinal(whole));
        }
    }

    private static @Nullable AlgorithmParameterSpec parameters(String transformation) {
        if (transformation.contains("GCM") || transformation.contains("CCM")) {
            return new GCMParameterSpec(128, DATA, 0, 12);
        }
        return transformation.contains("ECB") || transformation.contains("/KW")
                ? null
                : new IvParameterSpec(DATA, 0, 16);
    }

    private void mac(String name) throws GeneralSecurityException {
        Mac mac = named ? Mac.getInstance(name, provider) : Mac.getInstance(name);
        mac.init(secret(name.startsWith("Hmac") ? name : "AES", KeyUsage.SIGN, KeyUsage.VERIFY));
        assertSame(provider, mac.getProvider());
        byte[] first = mac.doFinal(DATA);
        assertEquals(mac.getMacLength(), first.length);
        mac.update(DATA);
        assertArrayEquals(first, mac.doFinal());
    }

    private void agreement(String name) throws GeneralSecurityException {
        String kind = name.equals("ECDH") ? "EC" : name;
        KeyAgreement agreement = named ? KeyAgreement.getInstance(name, provider) : KeyAgreement.getInstance(name);
        KeyPair theirs = software(kind);
        KeyPair mine = opaque(kind);
        agreement.init(mine.getPrivate());
        assertSame(provider, agreement.getProvider());
        agreement.doPhase(theirs.getPublic(), true);
        KeyAgreement other = KeyAgreement.getInstance(name, "SunEC");
        other.init(theirs.getPrivate());
        other.doPhase(mine.getPublic(), true);
        assertArrayEquals(other.generateSecret(), agreement.generateSecret());
    }

    private void keyFactory(String name) throws GeneralSecurityException {
        KeyPair software = software(name);
        KeyFactory factory = KeyFactory.getInstance(name, provider);
        assertInstanceOf(
                OpaqueKey.class,
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(software.getPrivate().getEncoded())));
        assertEquals(software.getPublic(), factory.translateKey(software.getPublic()));
    }

    private KeyPair opaque(String kind) throws GeneralSecurityException {
        KeyPair made = opaque.get(kind);
        if (made == null) {
            made = KeyPairGenerator.getInstance(kind, provider).generateKeyPair();
            opaque.put(kind, made);
        }
        return made;
    }

    private SecretKey secret(String kind, KeyUsage first, KeyUsage... more) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(kind, provider);
        generator.init(FerroKeySpec.builder()
                .session()
                .keySize(256)
                .usages(first, more)
                .build());
        return generator.generateKey();
    }

    private KeyPair software(String kind) throws GeneralSecurityException {
        KeyPair made = software.get(kind);
        if (made == null) {
            made = generate(kind);
            software.put(kind, made);
        }
        return made;
    }

    private static KeyPair generate(String kind) throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(kind, kind.startsWith("RSA") ? "SunRsaSign" : "SunEC");
        if (kind.equals("EC")) {
            generator.initialize(256);
        } else if (kind.startsWith("RSA")) {
            generator.initialize(2048);
        } else {
            generator.initialize(
                    kind.equals("EdDSA")
                            ? NamedParameterSpec.ED25519
                            : kind.equals("XDH") ? NamedParameterSpec.X25519 : new NamedParameterSpec(kind));
        }
        return generator.generateKeyPair();
    }
}
