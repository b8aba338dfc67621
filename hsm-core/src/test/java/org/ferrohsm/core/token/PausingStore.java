// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/** Another store, with something happening once after the first commit. */
final class PausingStore extends ForwardingStore {
    private final Runnable afterFirstCommit;
    private final AtomicBoolean done = new AtomicBoolean();

    PausingStore(TokenStore store, Runnable afterFirstCommit) {
        super(store);
        this.afterFirstCommit = afterFirstCommit;
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        T result = store.write(work);
        if (done.compareAndSet(false, true)) {
            afterFirstCommit.run();
        }
        return result;
    }
}
