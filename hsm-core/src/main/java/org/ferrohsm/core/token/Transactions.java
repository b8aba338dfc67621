// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.function.Function;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/** The store's transactions with the core's faults. */
public final class Transactions {
    private final TokenStore store;

    public Transactions(TokenStore store) {
        this.store = store;
    }

    /** See {@link TokenStore#revision()}. */
    public long revision() {
        try {
            return store.revision();
        } catch (StoreException e) {
            throw fault(e);
        }
    }

    /**
     * Reads one snapshot.
     *
     * @throws HsmException DEVICE_ERROR
     */
    public <T> T read(Function<? super StoreReader, T> work) {
        try {
            return store.read(work);
        } catch (StoreException e) {
            throw fault(e);
        }
    }

    /**
     * Writes durably, all or nothing.
     *
     * @throws HsmException DEVICE_MEMORY if no space is left, else DEVICE_ERROR
     */
    public <T> T write(Function<? super StoreWriter, T> work) {
        try {
            return store.write(work);
        } catch (StoreException e) {
            throw fault(e);
        }
    }

    /** What a failure of the store means to a caller. */
    public static HsmException fault(StoreException failure) {
        Fault fault = switch (failure.kind()) {
            case FULL -> Fault.DEVICE_MEMORY;
            case CLOSED -> Fault.CRYPTOKI_NOT_INITIALIZED;
            case DAMAGED, INACCESSIBLE, BUSY, CONFLICT -> Fault.DEVICE_ERROR;
        };
        return fault.because(String.valueOf(failure.getMessage()), failure);
    }
}
