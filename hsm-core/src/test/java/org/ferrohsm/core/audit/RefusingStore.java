// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.function.Function;
import org.ferrohsm.core.token.ForwardingStore;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/** A store whose commits fail for as long as a test says, as those of a full volume do. */
final class RefusingStore extends ForwardingStore {
    private volatile StoreException.@Nullable Kind refusal;

    RefusingStore(TokenStore store) {
        super(store);
    }

    /** Fails from now on; null stops that. */
    void refuse(StoreException.@Nullable Kind kind) {
        refusal = kind;
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        return store.write(tx -> {
            T result = work.apply(tx);
            StoreException.Kind kind = refusal;
            if (kind != null) {
                throw new StoreException(kind, "refused by the test", null);
            }
            return result;
        });
    }
}
