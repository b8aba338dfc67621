// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.nio.file.Path;
import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.contract.StoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements StoreContract {
    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("store.db"));
    }

    @Override
    public TokenStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
