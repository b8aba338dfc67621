// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private TokenStore store;
    private SealKeyFile seal;

    @BeforeEach
    void open() {
        store = Stores.open("memory:");
        seal = new SealKeyFile(folder.resolve("seal.key"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void an_empty_store_gets_a_root_key_that_stays() {
        try (RootKey made = RootKey.open(store, seal, RANDOM);
                RootKey again = RootKey.open(store, seal, RANDOM)) {
            assertEquals(made.storeId(), again.storeId());
            assertEquals(1, made.version());
            for (RootLabel label : RootLabel.values()) {
                assertTrue(made.key(label).matches(again.key(label)));
            }
        }
    }

    @Test
    void each_label_has_a_key_of_its_own() {
        try (RootKey root = RootKey.open(store, seal, RANDOM)) {
            Set<String> keys = new HashSet<>();
            for (RootLabel label : RootLabel.values()) {
                keys.add(root.key(label).use(bytes -> HexFormat.of().formatHex(bytes)));
            }
            assertEquals(RootLabel.values().length, keys.size());
        }
    }

    @Test
    void two_stores_under_one_seal_key_share_nothing() {
        try (TokenStore other = Stores.open("memory:");
                RootKey one = RootKey.open(store, seal, RANDOM);
                RootKey two = RootKey.open(other, seal, RANDOM)) {
            assertFalse(one.storeId().equals(two.storeId()));
            assertFalse(one.key(RootLabel.PUBLIC).matches(two.key(RootLabel.PUBLIC)));
        }
    }

    @Test
    void a_missing_seal_key_is_not_made_anew_for_a_store_that_has_a_root_key() throws Exception {
        RootKey.open(store, seal, RANDOM).close();
        Files.delete(Path.of(seal.location()));
        assertRefused(Fault.GENERAL_ERROR, seal, seal.location());
        assertFalse(Files.exists(Path.of(seal.location())));
    }

    @Test
    void another_seal_key_is_refused_by_name() {
        RootKey.open(store, seal, RANDOM).close();
        SealKeyFile other = new SealKeyFile(folder.resolve("other.key"));
        SealKey.loadOrCreate(folder.resolve("other.key"), RANDOM).close();
        assertRefused(Fault.GENERAL_ERROR, other, other.location(), store.location());
    }

    @Test
    void any_flipped_byte_of_the_wrapped_key_is_refused() {
        RootKey.open(store, seal, RANDOM).close();
        byte[] entry = rootEntry();
        for (int i = 0; i < entry.length; i++) {
            byte[] changed = entry.clone();
            changed[i] ^= 1;
            putRootEntry(changed);
            // A changed store id or fingerprint cannot be told from another store's seal key.
            boolean looksLikeAnotherKey = (i >= 1 && i < 17) || (i >= 21 && i < 29);
            assertRefused(looksLikeAnotherKey ? Fault.GENERAL_ERROR : Fault.DEVICE_ERROR, seal);
        }
        putRootEntry(entry);
        RootKey.open(store, seal, RANDOM).close();
    }

    @Test
    void a_store_with_tokens_gets_no_second_root_key() {
        store.write(tx -> {
            tx.insertToken(new TokenRow(new UUID(1, 2), 0, new byte[] {1}));
            return true;
        });
        assertRefused(Fault.DEVICE_ERROR, seal);
        assertFalse(Files.exists(Path.of(seal.location())));
    }

    @Test
    void a_store_with_audit_records_gets_no_second_root_key() {
        store.write(tx -> {
            tx.appendAudit(new AuditRow(0, new byte[] {1}, new byte[] {2}));
            return true;
        });
        assertRefused(Fault.DEVICE_ERROR, seal);
    }

    @Test
    void the_keys_are_gone_after_closing() {
        RootKey root = RootKey.open(store, seal, RANDOM);
        root.close();
        assertThrows(
                IllegalStateException.class, () -> root.key(RootLabel.STATE).use(bytes -> bytes.length));
    }

    @Test
    void store_handles_that_make_the_root_key_at_once_agree() throws Exception {
        int handles = 8;
        ExecutorService pool = Executors.newFixedThreadPool(handles);
        try {
            String url = "sqlite:" + folder.resolve("store.db");
            CyclicBarrier start = new CyclicBarrier(handles);
            List<Future<String>> roots = new ArrayList<>();
            for (int i = 0; i < handles; i++) {
                roots.add(pool.submit(() -> {
                    try (TokenStore handle = Stores.open(url)) {
                        start.await();
                        try (RootKey root = RootKey.open(handle, seal, RANDOM)) {
                            return root.storeId()
                                    + root.key(RootLabel.STATE)
                                            .use(bytes -> HexFormat.of().formatHex(bytes));
                        }
                    }
                }));
            }
            Set<String> distinct = new HashSet<>();
            for (Future<String> root : roots) {
                distinct.add(root.get());
            }
            assertEquals(1, distinct.size());
        } finally {
            pool.shutdownNow();
        }
    }

    private void assertRefused(Fault fault, SealKeySource source, String... parts) {
        assertFault(fault, () -> RootKey.open(store, source, RANDOM), parts);
    }

    private byte[] rootEntry() {
        return store.read(reader -> reader.entry(Scopes.STORE, "root")).orElseThrow();
    }

    private void putRootEntry(byte[] entry) {
        store.write(tx -> {
            tx.putEntry(Scopes.STORE, "root", entry);
            return true;
        });
    }
}
