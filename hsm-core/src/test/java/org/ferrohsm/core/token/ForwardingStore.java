// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.function.Function;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/** Another store as it is, for tests that change one thing about it. */
public abstract class ForwardingStore implements TokenStore {
    protected final TokenStore store;

    protected ForwardingStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        return store.write(work);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {
        store.close();
    }
}
