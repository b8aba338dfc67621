// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.support.ThreadTransaction;

/** A store that ends with its process: for tests, and for tokens that must leave nothing behind. */
public final class MemoryStore implements TokenStore {
    private final ThreadTransaction transaction = new ThreadTransaction();
    private final ReentrantLock writerLock = new ReentrantLock(true);
    private volatile Snapshot committed = Snapshot.EMPTY;
    private volatile boolean closed;

    @Override
    public long revision() {
        refuseIfClosed();
        return committed.revision();
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
        StoreReader outer = transaction.current();
        if (outer != null) {
            return work.apply(outer);
        }
        refuseIfClosed();
        MemoryReader reader = new MemoryReader(committed);
        try {
            return transaction.run(reader, work);
        } finally {
            reader.end();
        }
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        transaction.refuseInside("A write");
        writerLock.lock();
        try {
            refuseIfClosed();
            MemoryWriter changes = new MemoryWriter(committed);
            try {
                T result = transaction.run(changes, work);
                committed = changes.result();
                return result;
            } finally {
                changes.end();
            }
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void close() {
        transaction.refuseInside("Closing the store");
        writerLock.lock();
        try {
            closed = true;
            committed = Snapshot.EMPTY;
        } finally {
            writerLock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StoreException(Kind.CLOSED, "The store " + location() + " has been closed", null);
        }
    }
}
