// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenStoreTest {
    private final Properties golden = new Properties();

    @TempDir
    Path folder;

    private UUID token = Scopes.STORE;
    private SealedStore sealed;

    @BeforeEach
    void open() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("store-v1.properties")) {
            assertNotNull(in);
            golden.load(in);
        }
        Path key = Files.createFile(
                folder.resolve("seal.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, golden.getProperty("seal.key") + "\n", US_ASCII);
        token = UUID.fromString(golden.getProperty("token"));
        TokenStore store = Stores.open("memory:");
        store.write(tx -> {
            tx.putEntry(Scopes.STORE, "root", hex("root"));
            tx.insertToken(new TokenRow(token, 0, new byte[] {1}));
            tx.putEntry(token, "pins", hex("pins"));
            tx.putEntry(token, "state", hex("state"));
            tx.insertObject(row());
            return true;
        });
        sealed = SealedStore.over(store, folder);
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @Test
    void both_pins_still_unlock() {
        for (Map.Entry<Role, String> pin :
                Map.of(Role.SO, "87654321", Role.USER, "1234").entrySet()) {
            try (SecretBytes key = unlock(pin.getKey(), pin.getValue())) {
                key.use(bytes -> {
                    assertArrayEquals(tokenKey(), bytes);
                    return true;
                });
            }
        }
    }

    @Test
    void the_object_still_opens() {
        try (TokenKeys keys =
                        TokenKeys.afterLogin(sealed.root, token, Initialisation.FIRST, SecretBytes.adopt(tokenKey()));
                HsmObject object = new ObjectSealer(sealed.random).open(row(), keys)) {
            assertEquals(Cko.CKO_SECRET_KEY, object.objectClass());
            assertEquals(Ckk.CKK_AES, object.keyType());
            assertArrayEquals("k".getBytes(US_ASCII), object.attributes().bytes(Cka.CKA_LABEL));
            assertArrayEquals(new byte[] {1}, object.attributes().bytes(Cka.CKA_ID));
            assertTrue(object.isPrivate());
            object.secret(Cka.CKA_VALUE).use(bytes -> {
                assertArrayEquals("0123456789abcdef".getBytes(US_ASCII), bytes);
                return true;
            });
        }
    }

    @Test
    void the_state_root_is_still_the_same() {
        StateRoot state = new StateRoot(sealed.root, sealed.random);
        assertEquals(1, sealed.store.<Long>read(reader -> state.verify(reader, token)));
        assertArrayEquals(hex("state.current"), sealed.store.<byte[]>read(reader -> state.current(reader, token)));
    }

    private SecretBytes unlock(Role role, String pin) {
        try (SecretBytes secret = SecretBytes.adopt(pin.getBytes(US_ASCII))) {
            return sealed.guard(10).unlock(token, role, secret);
        }
    }

    private ObjectRow row() {
        Map<IndexColumn, byte[]> indexes = new EnumMap<>(IndexColumn.class);
        for (IndexColumn column : IndexColumn.values()) {
            if (golden.containsKey("object.index." + column)) {
                indexes.put(column, hex("object.index." + column));
            }
        }
        return new ObjectRow(
                token, UUID.fromString(golden.getProperty("object")), 1, true, hex("object.sealed"), indexes);
    }

    private byte[] hex(String name) {
        return HexFormat.of().parseHex(golden.getProperty(name));
    }

    private static byte[] tokenKey() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (0x80 + i);
        }
        return key;
    }
}
