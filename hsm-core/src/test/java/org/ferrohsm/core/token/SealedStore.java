// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.ferrohsm.core.seal.PinCost;
import org.ferrohsm.core.seal.PinKdf;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.SealKeyFile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.api.TokenStore;

/** A store with its root key, and what stands on them, as a process of the product would open it. */
final class SealedStore implements AutoCloseable {
    static final UUID TOKEN = new UUID(0x1111, 0x2222);
    static final UUID OTHER_TOKEN = new UUID(0x3333, 0x4444);

    final SecureRandom random = new SecureRandom();
    final TokenStore store;
    final RootKey root;

    private SealedStore(TokenStore store, Path folder) {
        this.store = store;
        root = RootKey.open(store, new SealKeyFile(folder.resolve("seal.key")), random);
    }

    static SealedStore inMemory(Path folder) {
        return over(Stores.open("memory:"), folder);
    }

    /** Another handle at each call; all of one folder are on one store. */
    static SealedStore onDisk(Path folder) {
        return over(Stores.open("sqlite:" + folder.resolve("store.db")), folder);
    }

    static SealedStore over(TokenStore store, Path folder) {
        return new SealedStore(store, folder);
    }

    void insertTokens() {
        store.write(tx -> {
            tx.insertToken(new TokenRow(TOKEN, 0, new byte[] {1}));
            tx.insertToken(new TokenRow(OTHER_TOKEN, 1, new byte[] {1}));
            return true;
        });
    }

    /** A guard as cheap as is allowed. */
    PinGuard guard(int limit) {
        return new PinGuard(store, root, new PinKdf(root, PinCost.FLOOR, random), limit);
    }

    TokenKeys keys(UUID token) {
        return TokenKeys.afterLogin(root, token, Initialisation.FIRST, SecretBytes.random(32, random));
    }

    @Override
    public void close() {
        root.close();
        store.close();
    }
}
