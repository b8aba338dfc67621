// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.function.Function;

/**
 * Keeps rows that it can neither read nor forge: every value is sealed or MACed by its writer. The store promises only
 * atomicity, durability and order; it is trusted with nothing else.
 *
 * <p>Safe for use by many threads, and by many processes where the implementation is on disk.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * A number that changes with every commit, by this process or any other, before the commit's writer is told of its
     * success. Cheap enough (no system call) to be asked on every operation.
     */
    long revision();

    /**
     * Runs {@code work} on one consistent snapshot.
     *
     * @throws StoreException if the store cannot be read
     */
    <T> T read(Function<? super StoreReader, T> work);

    /**
     * Runs {@code work} alone (no other writer, in any process, runs meanwhile) and commits it durably before it returns;
     * if {@code work} throws, nothing is changed and the exception passes through.
     *
     * @throws StoreException if the store cannot be written
     */
    <T> T write(Function<? super StoreWriter, T> work);

    /** Where the store is, for messages: {@code sqlite:/path}, {@code memory}. */
    String location();

    @Override
    void close();
}
