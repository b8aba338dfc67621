// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.UUID;

/** Changes inside one transaction, which also sees its own changes. Byte arrays passed in are not kept. */
public interface StoreWriter extends StoreReader {
    /** Puts or replaces an entry. */
    void putEntry(UUID scope, String name, byte[] value);

    /** Removes an entry; nothing happens if there is none. */
    void removeEntry(UUID scope, String name);

    /**
     * Adds a token.
     *
     * @throws StoreConflictException if its id or its slot is taken
     */
    void insertToken(TokenRow row);

    /**
     * Replaces a token's row; slot and id stay.
     *
     * @throws StoreConflictException if there is no such token in that slot
     */
    void updateToken(TokenRow row);

    /** Removes a token with its entries and objects; nothing happens if there is none. */
    void deleteToken(UUID token);

    /**
     * Adds an object at the end of its token's order.
     *
     * @throws StoreConflictException if the token is unknown or has an object of that id
     */
    void insertObject(ObjectRow row);

    /**
     * Replaces an object whose stored version is {@code row.version() - 1}; its position stays.
     *
     * @throws StoreConflictException if there is no such object or it has another version
     */
    void updateObject(ObjectRow row);

    /** Removes an object; false if there is none. */
    boolean deleteObject(UUID token, UUID object);

    /** Removes every object of a token. */
    void deleteObjects(UUID token);

    /**
     * Appends an audit record.
     *
     * @throws StoreConflictException if its number is not the next one
     */
    void appendAudit(AuditRow row);
}
