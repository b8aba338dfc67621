// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider itself: its table, configuration, login and behaviour under threads. */
class ProviderTest {
    @TempDir
    Path folder;

    private TestToken token;
    private AuthProvider provider;

    @BeforeEach
    void makeToken() throws Exception {
        token = TestToken.in(folder);
        provider = (AuthProvider) token.provider();
    }

    @Test
    void every_row_of_the_table_is_a_service_that_constructs() throws Exception {
        List<ServiceRow> rows = ServiceTable.rows(false);
        assertTrue(rows.size() > 70, "the table has " + rows.size() + " rows");
        Set<String> names = new HashSet<>();
        for (ServiceRow row : rows) {
            assertTrue(names.add(row.type() + "." + row.algorithm()), row + " stands twice");
            Provider.Service service = provider.getService(row.type(), row.algorithm());
            assertNotNull(service, row.toString());
            assertNotNull(service.newInstance(null));
            for (String alias : row.aliases()) {
                assertNotNull(provider.getService(row.type(), alias), alias);
            }
            assertNull(service.getAttribute("SupportedKeyFormats"), row.toString());
        }
        assertEquals(rows.size(), provider.getServices().size());
    }

    @Test
    void every_mechanism_that_a_row_needs_is_the_token_s() {
        try (HsmRuntime runtime = HsmRuntime.open(HsmConfig.load(Map.of(), token.settings()))) {
            Set<Long> there = new HashSet<>();
            Arrays.stream(runtime.slots().mechanisms(runtime.slots().slotIds(true)[0]))
                    .forEach(there::add);
            for (ServiceRow row : ServiceTable.rows(false)) {
                for (long mechanism : row.mechanisms()) {
                    assertTrue(there.contains(mechanism), row.algorithm() + " needs " + Ckm.name(mechanism));
                }
            }
        }
    }

    @Test
    void services_that_take_keys_name_a_class_of_opaque_keys() throws Exception {
        for (ServiceRow row : ServiceTable.rows(false)) {
            boolean takesKeys =
                    Set.of("Signature", "Cipher", "Mac", "KeyAgreement").contains(row.type());
            String named = row.attributes().get("SupportedKeyClasses");
            assertEquals(takesKeys, named != null, row.toString());
            if (named != null) {
                assertTrue(OpaqueKey.class.isAssignableFrom(Class.forName(named.split("\\|", -1)[0])));
            }
        }
    }

    @Test
    void the_service_loader_finds_the_provider() {
        List<String> names = new ArrayList<>();
        ServiceLoader.load(Provider.class).forEach(found -> names.add(found.getName()));
        assertTrue(names.contains("FerroHSM"), names.toString());
    }

    @Test
    void a_configuration_is_text_or_a_file_or_a_token_s_label() throws Exception {
        assertUsable(new FerroHsmProvider().configure(token.config()));
        assertUsable(new FerroHsmProvider().configure(token.configFile().toString()));
        token.addToken("another");
        assertUsable(new FerroHsmProvider().configure(token.config() + "token = another"));
        Provider ambiguous = new FerroHsmProvider().configure(token.config());
        Exception refusal = assertThrows(
                IOException.class,
                () -> KeyStore.getInstance("FERROHSM", ambiguous).load(null, TestToken.PIN.toCharArray()));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("more than one token"),
                String.valueOf(refusal.getMessage()));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("token = another"), String.valueOf(refusal.getMessage()));
    }

    @Test
    void a_bad_configuration_is_refused_with_a_sentence() {
        FerroHsmProvider plain = new FerroHsmProvider();
        assertThrows(InvalidParameterException.class, () -> plain.configure("/no/such/file"));
        Exception clear = assertThrows(InvalidParameterException.class, () -> plain.configure("pin = 123456"));
        assertFalse(String.valueOf(clear.getMessage()).contains("123456"));
        Provider unknownKey = plain.configure("stroe = sqlite:/tmp/x");
        Exception refusal = assertThrows(
                IOException.class,
                () -> KeyStore.getInstance("FERROHSM", unknownKey).load(null, null));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("did you mean \"store\""),
                String.valueOf(refusal.getMessage()));
    }

    @Test
    void a_wrong_pin_is_a_failed_login() throws Exception {
        assertThrows(FailedLoginException.class, () -> provider.login(null, answering("000000")));
        provider.login(null, answering(TestToken.PIN));
        provider.login(null, answering("000000"));
    }

    @Test
    void a_login_with_nobody_to_ask_says_so() {
        assertThrows(LoginException.class, () -> provider.login(null, null));
    }

    @Test
    void the_handler_that_was_set_is_asked() throws Exception {
        provider.setCallbackHandler(answering(TestToken.PIN));
        provider.login(null, null);
        assertUsable(provider);
    }

    @Test
    void a_configured_pin_needs_nobody() throws Exception {
        Path pin = Files.writeString(folder.resolve("pin"), TestToken.PIN + "\n");
        Provider configured = new FerroHsmProvider().configure(token.config() + "pin = file:" + pin);
        assertNotNull(KeyPairGenerator.getInstance("EC", configured).generateKeyPair());
        Provider unset = new FerroHsmProvider().configure(token.config() + "pin = env:FERROHSM_NO_SUCH_PIN");
        assertThrows(
                ProviderException.class,
                () -> KeyPairGenerator.getInstance("EC", unset).generateKeyPair());
    }

    @Test
    void a_key_of_the_token_outlives_logout_and_login() throws Exception {
        KeyStore store = TestToken.keyStore(provider);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(FerroKeySpec.builder().label("lasting").build());
        KeyPair lasting = generator.generateKeyPair();
        KeyPair passing = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        sign(lasting);
        sign(passing);
        provider.logout();
        assertThrows(Exception.class, () -> sign(lasting));
        provider.login(null, answering(TestToken.PIN));
        sign(lasting);
        assertEquals(lasting.getPrivate(), store.getKey("lasting", null));
        assertThrows(SignatureException.class, () -> sign(passing));
    }

    @Test
    void generation_without_a_login_fails_and_says_so() throws Exception {
        ProviderException refusal = assertThrows(
                ProviderException.class,
                () -> KeyPairGenerator.getInstance("EC", provider).generateKeyPair());
        assertInstanceOf(LoginException.class, refusal.getCause());
    }

    @Test
    void threads_share_one_key() throws Exception {
        TestToken.keyStore(provider);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(pool.submit(() -> {
                    sign(pair);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void digests_and_random_numbers_need_no_login() throws Exception {
        for (String name : new String[] {"SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"}) {
            byte[] data = new byte[150_000];
            Arrays.fill(data, (byte) 7);
            MessageDigest digest = MessageDigest.getInstance(name, provider);
            digest.update(data, 0, 3);
            digest.update(data, 3, data.length - 3);
            assertTrue(
                    MessageDigest.isEqual(MessageDigest.getInstance(name, "SUN").digest(data), digest.digest()));
            assertTrue(
                    MessageDigest.isEqual(MessageDigest.getInstance(name, "SUN").digest(), digest.digest()));
        }
        SecureRandom random = SecureRandom.getInstance("FerroHSM", provider);
        byte[] numbers = new byte[100_000];
        random.setSeed(new byte[] {1});
        random.nextBytes(numbers);
        assertTrue(Arrays.stream(new int[] {0, 70_000, 99_000}).anyMatch(at -> numbers[at] != 0));
        assertEquals(20, random.generateSeed(20).length);
    }

    @Test
    void the_first_provider_does_not_become_the_default_random_source() {
        Security.insertProviderAt(provider, 1);
        try {
            assertFalse(new SecureRandom().getProvider().getName().equals("FerroHSM"));
        } finally {
            Security.removeProvider("FerroHSM");
        }
    }

    @Test
    void an_engine_that_is_dropped_in_the_middle_returns_its_session() throws Exception {
        TestToken.keyStore(provider);
        KeyPair pair = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        Signature dropped = Signature.getInstance("SHA256withECDSA", provider);
        dropped.initSign(pair.getPrivate());
        dropped.update(new byte[100_000]);
        dropped.initSign(pair.getPrivate());
        dropped.update(new byte[1]);
        assertTrue(dropped.sign().length > 60);
        sign(pair);
    }

    private void assertUsable(Provider configured) throws Exception {
        KeyStore store = TestToken.keyStore(configured);
        assertEquals(0, store.size());
    }

    private void sign(KeyPair pair) throws Exception {
        boolean edwards = pair.getPrivate().getAlgorithm().equals("EdDSA");
        Signature signer = Signature.getInstance(edwards ? "Ed25519" : "SHA256withECDSA", provider);
        signer.initSign(pair.getPrivate());
        signer.update(new byte[10]);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(edwards ? "Ed25519" : "SHA256withECDSA", "SunEC");
        verifier.initVerify(pair.getPublic());
        verifier.update(new byte[10]);
        assertTrue(verifier.verify(signature));
    }

    private static CallbackHandler answering(String pin) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                ((PasswordCallback) callback).setPassword(pin.toCharArray());
            }
        };
    }
}
