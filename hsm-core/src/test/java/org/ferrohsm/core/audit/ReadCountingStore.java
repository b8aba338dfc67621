// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.ferrohsm.core.token.ForwardingStore;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/** A store that knows from where on audit records were read. */
final class ReadCountingStore extends ForwardingStore {
    private long lowestRead = Long.MAX_VALUE;

    ReadCountingStore(TokenStore store) {
        super(store);
    }

    long lowestRead() {
        return lowestRead;
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
        return store.read(tx -> work.apply(counting(StoreReader.class, tx)));
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
        return store.write(tx -> work.apply(counting(StoreWriter.class, tx)));
    }

    private <R> R counting(Class<R> type, R tx) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("audit")) {
                        lowestRead = Math.min(lowestRead, (Long) arguments[0]);
                    }
                    try {
                        return method.invoke(tx, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
