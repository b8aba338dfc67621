// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.bytes;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;

/**
 * A change in small numbers, that a store and its model both understand.
 *
 * @param kind what is changed
 * @param token which token, 0 to {@link #TOKENS} - 1
 * @param number which slot, entry or object
 * @param value the content; of an object also its label, and where odd its key id
 */
record Change(Kind kind, int token, int number, int value) {
    static final int TOKENS = 3;
    static final int NUMBERS = 4;
    static final int VALUES = 4;

    enum Kind {
        PUT_ENTRY,
        REMOVE_ENTRY,
        INSERT_TOKEN,
        UPDATE_TOKEN,
        DELETE_TOKEN,
        INSERT_OBJECT,
        UPDATE_OBJECT,
        DELETE_OBJECT,
        DELETE_OBJECTS,
        APPEND_AUDIT,
        SKIP_AUDIT
    }

    void applyTo(StoreWriter writer) {
        UUID tokenId = id(token);
        UUID objectId = id(number);
        switch (kind) {
            case PUT_ENTRY -> writer.putEntry(scope(token), name(number), content(value));
            case REMOVE_ENTRY -> writer.removeEntry(scope(token), name(number));
            case INSERT_TOKEN -> writer.insertToken(new TokenRow(tokenId, number, content(value)));
            case UPDATE_TOKEN -> writer.updateToken(new TokenRow(tokenId, number, content(value)));
            case DELETE_TOKEN -> writer.deleteToken(tokenId);
            case INSERT_OBJECT -> writer.insertObject(object(1));
            case UPDATE_OBJECT ->
                writer.updateObject(
                        object(writer.objectVersion(tokenId, objectId).orElse(1) + 1));
            case DELETE_OBJECT -> writer.deleteObject(tokenId, objectId);
            case DELETE_OBJECTS -> writer.deleteObjects(tokenId);
            case APPEND_AUDIT -> writer.appendAudit(audit(writer.lastAudit().orElse(-1) + 1));
            case SKIP_AUDIT -> writer.appendAudit(audit(writer.lastAudit().orElse(-1) + 2));
        }
    }

    private ObjectRow object(long version) {
        return new ObjectRow(id(token), id(number), version, isPrivate(value), content(value), columns(value));
    }

    static UUID id(int number) {
        return new UUID(1, number);
    }

    /** Token 0 lends its number to the store itself, whose entries no deletion takes along. */
    static UUID scope(int token) {
        return token == 0 ? Scopes.STORE : id(token);
    }

    static String name(int number) {
        return "name " + number;
    }

    static byte[] content(int value) {
        return bytes("content " + value);
    }

    static boolean isPrivate(int value) {
        return value > 1;
    }

    static boolean hasKeyId(int value) {
        return value % 2 == 1;
    }

    static Map<IndexColumn, byte[]> columns(int value) {
        Map<IndexColumn, byte[]> columns = new EnumMap<>(IndexColumn.class);
        columns.put(IndexColumn.LABEL, content(value));
        if (hasKeyId(value)) {
            columns.put(IndexColumn.ID, bytes("odd"));
        }
        return columns;
    }
}
