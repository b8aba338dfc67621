// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.support;

import java.util.function.Function;
import org.ferrohsm.store.api.StoreReader;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of one store that the current thread is in. A read inside a transaction joins it; a write inside one is
 * refused: inside a write it would wait for itself, inside a read it would act on what may no longer be so.
 */
public final class ThreadTransaction {
    // Not static: a thread may be in a transaction of one store and read another.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable StoreReader> current = new ThreadLocal<>();

    /** The transaction of this thread, if there is one. */
    public @Nullable StoreReader current() {
        return current.get();
    }

    /**
     * Refuses what must not be done inside a transaction.
     *
     * @throws IllegalStateException if this thread is in one
     */
    public void refuseInside(String what) {
        if (current.get() != null) {
            throw new IllegalStateException(what + " was asked for inside a transaction of the same thread and store.");
        }
    }

    /** Runs {@code work} with {@code transaction} as this thread's. */
    public <R extends StoreReader, T> T run(R transaction, Function<? super R, T> work) {
        current.set(transaction);
        try {
            return work.apply(transaction);
        } finally {
            current.remove();
        }
    }
}
