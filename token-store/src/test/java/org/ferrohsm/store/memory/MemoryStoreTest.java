// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.contract.StoreContract;
import org.junit.jupiter.api.AfterEach;

class MemoryStoreTest implements StoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    public TokenStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
