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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.UnrecoverableEntryException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key store FERROHSM: loading, aliases, entries and what becomes of the objects behind them. */
class KeyStoreTest {
    @TempDir
    Path folder;

    private TestToken token;
    private Provider provider;

    @BeforeEach
    void makeToken() throws Exception {
        token = TestToken.in(folder);
        provider = token.provider();
    }

    @Test
    void a_wrong_pin_is_an_io_exception_by_an_unrecoverable_key() throws Exception {
        KeyStore store = KeyStore.getInstance("FERROHSM", provider);
        IOException refusal = assertThrows(IOException.class, () -> store.load(null, "999999".toCharArray()));
        assertInstanceOf(UnrecoverableKeyException.class, refusal.getCause());
        char[] pin = TestToken.PIN.toCharArray();
        store.load(null, pin);
        assertArrayEquals(TestToken.PIN.toCharArray(), pin, "the caller's array stays as it was");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token:" + TestToken.LABEL, "token = " + TestToken.LABEL, "# nothing but a comment"})
    void a_stream_may_be_empty_or_name_a_token(String text) throws Exception {
        KeyStore store = KeyStore.getInstance("FERROHSM", provider);
        store.load(stream(text), TestToken.PIN.toCharArray());
        assertEquals(0, store.size());
    }

    @Test
    void a_stream_names_another_token_than_the_provider() throws Exception {
        token.addToken("second");
        Provider first = new FerroHsmProvider().configure(token.config() + "token = " + TestToken.LABEL);
        KeyStore mine = TestToken.keyStore(first);
        mine.setKeyEntry("here", new SecretKeySpec(new byte[32], "AES"), null, null);
        KeyStore other = KeyStore.getInstance("FERROHSM", first);
        other.load(stream("token:second"), TestToken.PIN.toCharArray());
        assertFalse(other.containsAlias("here"));
        assertTrue(mine.containsAlias("here"));
        KeyStore none = KeyStore.getInstance("FERROHSM", first);
        assertThrows(IOException.class, () -> none.load(stream("token:third"), TestToken.PIN.toCharArray()));
    }

    @Test
    void a_stream_of_something_else_is_refused() throws Exception {
        KeyStore store = KeyStore.getInstance("FERROHSM", provider);
        assertThrows(IOException.class, () -> store.load(stream("\u0000\u0001\u0002"), TestToken.PIN.toCharArray()));
    }

    @Test
    void protection_parameters_give_the_pin_in_both_ways() throws Exception {
        for (KeyStore.ProtectionParameter protection : new KeyStore.ProtectionParameter[] {
            new KeyStore.PasswordProtection(TestToken.PIN.toCharArray()),
            new KeyStore.CallbackHandlerProtection(handler())
        }) {
            Provider fresh = token.provider();
            KeyStore store = KeyStore.getInstance("FERROHSM", fresh);
            store.load(() -> protection);
            store.setKeyEntry("x", new SecretKeySpec(new byte[16], "AES"), null, null);
            assertTrue(store.isKeyEntry("x"));
        }
        KeyStore built = KeyStore.Builder.newInstance(
                        "FERROHSM", token.provider(), new KeyStore.CallbackHandlerProtection(handler()))
                .getKeyStore();
        assertTrue(built.isKeyEntry("x"));
    }

    @Test
    void a_null_password_serves_when_logged_in_and_shows_no_private_keys_before() throws Exception {
        KeyStore first = TestToken.keyStore(provider);
        generate("EC", FerroKeySpec.builder().label("mine").build());
        KeyStore again = KeyStore.getInstance("FERROHSM", provider);
        again.load(null, null);
        assertNotNull(again.getKey("mine", null));
        assertTrue(first.containsAlias("mine"));
        KeyStore stranger = KeyStore.getInstance("FERROHSM", token.provider());
        stranger.load(null, null);
        assertEquals(0, stranger.size());
    }

    @Test
    void keys_without_a_certificate_are_listed() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        generate("EC", FerroKeySpec.builder().label("bare").build());
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(FerroKeySpec.builder().label("secret").keySize(128).build());
        SecretKey secret = generator.generateKey();
        assertEquals(Set.of("bare", "secret"), aliases(store));
        assertTrue(store.isKeyEntry("bare"));
        assertNull(store.getCertificateChain("bare"));
        assertEquals(secret, store.getKey("secret", null));
        assertTrue(store.entryInstanceOf("bare", KeyStore.PrivateKeyEntry.class));
        assertTrue(store.entryInstanceOf("secret", KeyStore.SecretKeyEntry.class));
        assertNotNull(store.getCreationDate("bare"));
        assertThrows(UnrecoverableEntryException.class, () -> store.getEntry("bare", null));
    }

    @Test
    void labels_that_repeat_are_told_apart_by_their_ids() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        generate("EC", FerroKeySpec.builder().label("same").id((byte) 1).build());
        generate("EC", FerroKeySpec.builder().label("same").id((byte) 0xa2).build());
        generate("EC", FerroKeySpec.builder().id((byte) 3, (byte) 4).build());
        generate("EC", FerroKeySpec.builder().label("own").build());
        assertEquals(Set.of("same/01", "same/a2", "0304", "own"), aliases(store));
        assertNotEquals(store.getKey("same/01", null), store.getKey("same/a2", null));
        generate("EC", FerroKeySpec.builder().label("same").id((byte) 1).build());
        assertEquals(5, store.size());
        for (String alias : aliases(store)) {
            assertNotNull(store.getKey(alias, null), alias);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_software_key_is_imported_with_its_chain(String algorithm) throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        KeyPair root = software("EC");
        KeyPair leaf = software(algorithm);
        Certificate[] chain = {
            TestCertificates.issue("leaf", leaf.getPublic(), "root", root.getPrivate(), "SHA256withECDSA"),
            TestCertificates.issue("root", root.getPublic(), "root", root.getPrivate(), "SHA256withECDSA")
        };
        store.setKeyEntry("server", leaf.getPrivate(), null, chain);
        assertEquals(Set.of("server"), aliases(store));
        KeyStore reread = TestToken.keyStore(token.provider());
        assertArrayEquals(chain, reread.getCertificateChain("server"));
        assertEquals(chain[0], reread.getCertificate("server"));
        assertEquals("server", reread.getCertificateAlias(chain[0]));
        Key key = reread.getKey("server", "ignored".toCharArray());
        assertInstanceOf(OpaqueKey.class, key);
        assertSigns(key, leaf, TestCertificates.algorithm(leaf.getPrivate()));
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry)
                reread.getEntry("server", new KeyStore.PasswordProtection("ignored".toCharArray()));
        assertArrayEquals(chain, entry.getCertificateChain());
        store.store(null, null);
        store.deleteEntry("server");
        assertEquals(0, store.size());
        assertNull(reread.getKey("server", null));
    }

    @Test
    void a_secret_key_is_imported_and_serves() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        SecretKeySpec software = new SecretKeySpec(new byte[20], "HmacSHA256");
        store.setEntry(
                "mac",
                new KeyStore.SecretKeyEntry(software),
                new KeyStore.PasswordProtection(TestToken.PIN.toCharArray()));
        Mac mine = Mac.getInstance("HmacSHA256", provider);
        mine.init(store.getKey("mac", null));
        Mac theirs = Mac.getInstance("HmacSHA256", "SunJCE");
        theirs.init(software);
        assertArrayEquals(theirs.doFinal(new byte[3]), mine.doFinal(new byte[3]));
    }

    @Test
    void a_session_key_set_under_an_alias_stays_in_the_token() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        KeyPair pair = generator.generateKeyPair();
        assertEquals(0, store.size());
        X509Certificate certificate = TestCertificates.selfSigned("me", pair, "SHA256withECDSA", provider);
        store.setKeyEntry("me", pair.getPrivate(), null, new Certificate[] {certificate});
        KeyStore reread = TestToken.keyStore(token.provider());
        assertSigns(reread.getKey("me", null), pair, "SHA256withECDSA");
        assertEquals(certificate, reread.getCertificate("me"));
    }

    @Test
    void a_new_certificate_keeps_the_key_and_a_new_key_replaces_the_old() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        KeyPair pair = generate("EC", FerroKeySpec.builder().label("me").build());
        X509Certificate first = TestCertificates.selfSigned("me", pair, "SHA256withECDSA", provider);
        X509Certificate second = TestCertificates.selfSigned("me", pair, "SHA384withECDSA", provider);
        store.setKeyEntry("me", pair.getPrivate(), null, new Certificate[] {first});
        store.setKeyEntry("me", store.getKey("me", null), null, new Certificate[] {second});
        assertEquals(Set.of("me"), aliases(store));
        assertEquals(second, store.getCertificate("me"));
        assertEquals(pair.getPrivate(), store.getKey("me", null));
        KeyPair other = software("EC");
        store.setKeyEntry("me", other.getPrivate(), null, new Certificate[] {
            TestCertificates.issue("me", other.getPublic(), "me", other.getPrivate(), "SHA256withECDSA")
        });
        assertEquals(Set.of("me"), aliases(store));
        assertSigns(store.getKey("me", null), other, "SHA256withECDSA");
    }

    @Test
    void a_certificate_stands_for_itself() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        KeyPair pair = software("EC");
        X509Certificate certificate =
                TestCertificates.issue("ca", pair.getPublic(), "ca", pair.getPrivate(), "SHA256withECDSA");
        store.setCertificateEntry("anchor", certificate);
        assertTrue(store.isCertificateEntry("anchor"));
        assertEquals(certificate, store.getCertificate("anchor"));
        assertEquals(certificate.getNotBefore(), store.getCreationDate("anchor"));
        assertNull(store.getKey("anchor", null));
        assertNull(store.getCertificateChain("anchor"));
        generate("EC", FerroKeySpec.builder().label("key").build());
        assertThrows(KeyStoreException.class, () -> store.setCertificateEntry("key", certificate));
        store.deleteEntry("anchor");
        assertFalse(store.containsAlias("anchor"));
    }

    @Test
    void a_key_made_elsewhere_is_found_without_loading_again() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        Provider other = token.provider();
        KeyStore theirs = TestToken.keyStore(other);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", other);
        generator.initialize(FerroKeySpec.builder().label("late").build());
        KeyPair pair = generator.generateKeyPair();
        assertSigns(store.getKey("late", null), pair, "SHA256withECDSA");
        theirs.deleteEntry("late");
        assertNull(store.getKey("late", null));
    }

    @Test
    void the_store_answers_to_pkcs11_only_when_asked_to() throws Exception {
        assertNull(provider.getService("KeyStore", "PKCS11"));
        Provider configured = new FerroHsmProvider().configure(token.config() + "pkcs11.alias = true");
        KeyStore store = KeyStore.getInstance("PKCS11", configured);
        store.load(null, TestToken.PIN.toCharArray());
        assertEquals(0, store.size());
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

    private void assertSigns(@Nullable Key key, KeyPair pair, String algorithm) throws Exception {
        Signature signer = Signature.getInstance(algorithm, provider);
        signer.initSign((PrivateKey) key);
        signer.update(new byte[10]);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(pair.getPublic());
        verifier.update(new byte[10]);
        assertTrue(verifier.verify(signature));
    }

    private static Set<String> aliases(KeyStore store) throws KeyStoreException {
        return new TreeSet<>(Collections.list(store.aliases()));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CallbackHandler handler() {
        return callbacks -> ((PasswordCallback) callbacks[0]).setPassword(TestToken.PIN.toCharArray());
    }
}
