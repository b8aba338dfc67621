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
     * success, and that does not come back to an earlier value. Cheap enough (no system call) to be asked on every
     * operation. It may change a moment after the commit can be read, never later than its writer learns of it: ask first,
     * then read, and what was read is right for as long as the answer stays the same.
     */
    long revision();

    /**
     * Runs {@code work} on one consistent snapshot. Inside another transaction of the same thread it joins that one, and
     * so sees what a surrounding write has changed. The reader is good only until this method returns.
     *
     * @throws StoreException if the store cannot be read
     */
    <T> T read(Function<? super StoreReader, T> work);

    /**
     * Runs {@code work} alone (no other writer, in any process, runs meanwhile) and commits it durably before it returns;
     * if {@code work} throws, nothing is changed and the exception passes through. A {@link StoreException} met inside ends
     * the transaction, even where {@code work} catches it: it is thrown again instead of committing. If {@code work} changes
     * nothing, nothing is committed and the revision stays.
     *
     * @throws StoreException if the store cannot be written
     * @throws IllegalStateException inside another transaction of the same thread, a read included
     */
    <T> T write(Function<? super StoreWriter, T> work);

    /** Where the store is, for messages: {@code sqlite:/path}, {@code memory}. */
    String location();

    /**
     * Ends the use of the store; every later call but this one fails with {@link StoreException.Kind#CLOSED}.
     *
     * @throws IllegalStateException inside a transaction of the same thread
     */
    @Override
    void close();
}
