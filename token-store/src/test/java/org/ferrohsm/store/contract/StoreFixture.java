// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import java.util.function.Consumer;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/** The store under test. */
public interface StoreFixture {
    /** An empty store, the same one throughout a test; the implementation closes it after the test. */
    TokenStore store();

    /** Makes changes that have no result. */
    default void change(Consumer<StoreWriter> changes) {
        store().write(writer -> {
            changes.accept(writer);
            return Boolean.TRUE;
        });
    }
}
