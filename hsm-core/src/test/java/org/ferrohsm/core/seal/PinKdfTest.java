// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinKdfTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] AAD = {1};

    @TempDir
    Path folder;

    private final SecretBytes tokenKey = SecretBytes.random(32, RANDOM);
    private final SecretBytes pin = pin("1234");
    private TokenStore store;
    private RootKey root;
    private PinKdf kdf;

    @BeforeEach
    void open() {
        store = Stores.open("memory:");
        root = RootKey.open(store, new SealKeyFile(folder.resolve("seal.key")), RANDOM);
        kdf = new PinKdf(root, PinCost.FLOOR, RANDOM);
    }

    @AfterEach
    void close() {
        root.close();
        store.close();
    }

    @Test
    void argon2id_gives_the_tag_of_rfc_9106() {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        argon2.generateBytes(filled(32, 1), tag);
        assertEquals(
                "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
                HexFormat.of().formatHex(tag));
    }

    @Test
    void the_right_pin_gives_the_token_key_back() {
        try (SecretBytes unwrapped = kdf.unwrap(pin, kdf.wrap(pin, tokenKey, AAD), AAD)) {
            assertTrue(unwrapped.matches(tokenKey));
        }
    }

    @Test
    void another_pin_is_incorrect() {
        byte[] blob = kdf.wrap(pin, tokenKey, AAD);
        assertRefused(Fault.PIN_INCORRECT, kdf, pin("1235"), blob, AAD);
        assertRefused(Fault.PIN_INCORRECT, kdf, pin(""), blob, AAD);
    }

    @Test
    void a_key_wrapped_for_something_else_does_not_unwrap() {
        assertRefused(Fault.PIN_INCORRECT, kdf, pin, kdf.wrap(pin, tokenKey, AAD), new byte[] {2});
    }

    @Test
    void the_pin_is_worth_nothing_without_the_store_s_root_key() {
        byte[] blob = kdf.wrap(pin, tokenKey, AAD);
        try (TokenStore other = Stores.open("memory:");
                RootKey otherRoot = RootKey.open(other, new SealKeyFile(folder.resolve("seal.key")), RANDOM)) {
            PinKdf otherKdf = new PinKdf(otherRoot, PinCost.FLOOR, RANDOM);
            assertRefused(Fault.PIN_INCORRECT, otherKdf, pin, blob, AAD);
        }
    }

    @Test
    void a_key_is_unwrapped_at_the_cost_it_was_wrapped_at() {
        PinKdf dearer = new PinKdf(root, new PinCost(20 * 1024, 3, 2), RANDOM);
        try (SecretBytes unwrapped = kdf.unwrap(pin, dearer.wrap(pin, tokenKey, AAD), AAD)) {
            assertTrue(unwrapped.matches(tokenKey));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1048577, 3, 4",
        "2147483647, 3, 4",
        "-1, 3, 4",
        "65536, 11, 4",
        "65536, 0, 4",
        "65536, 3, 17",
        "65536, 3, 0",
        "31, 3, 4"
    })
    void a_stored_cost_beyond_the_caps_is_refused_before_it_is_spent(int memory, int passes, int lanes) {
        byte[] blob = kdf.wrap(pin, tokenKey, AAD);
        ByteBuffer.wrap(blob, 1, 6).putInt(memory).put((byte) passes).put((byte) lanes);
        assertRefused(Fault.DEVICE_ERROR, kdf, pin, blob, AAD);
    }

    @ParameterizedTest
    @CsvSource({"19455, 2, 1", "19456, 1, 1", "19456, 2, 0", "1048577, 2, 1", "19456, 11, 1", "19456, 2, 17"})
    void a_chosen_cost_outside_the_limits_is_refused(int memory, int passes, int lanes) {
        assertFault(Fault.ARGUMENTS_BAD, () -> new PinKdf(root, new PinCost(memory, passes, lanes), RANDOM));
    }

    @Test
    void no_part_of_the_blob_can_be_changed() {
        byte[] blob = kdf.wrap(pin, tokenKey, AAD);
        // The cost's own bytes are tried above; the salt's and the envelope's, one in each part, here.
        for (int i : new int[] {0, 7, 22, 23, 24, 36, blob.length - 1}) {
            byte[] changed = blob.clone();
            changed[i] ^= 1;
            assertRefused(i == 0 ? Fault.DEVICE_ERROR : Fault.PIN_INCORRECT, kdf, pin, changed, AAD);
        }
        assertRefused(Fault.DEVICE_ERROR, kdf, pin, Arrays.copyOf(blob, 23), AAD);
        assertRefused(Fault.DEVICE_ERROR, kdf, pin, new byte[0], AAD);
    }

    @Test
    void equal_pins_are_not_seen_to_be_equal() {
        assertFalse(Arrays.equals(
                Arrays.copyOfRange(kdf.wrap(pin, tokenKey, AAD), 7, 23),
                Arrays.copyOfRange(kdf.wrap(pin, tokenKey, AAD), 7, 23)));
    }

    private static void assertRefused(Fault fault, PinKdf kdf, SecretBytes pin, byte[] blob, byte[] aad) {
        assertFault(fault, () -> kdf.unwrap(pin, blob, aad));
    }

    private static SecretBytes pin(String text) {
        return SecretBytes.adopt(text.getBytes(UTF_8));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
