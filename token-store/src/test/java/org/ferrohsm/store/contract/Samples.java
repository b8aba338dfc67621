// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.TokenRow;

/** Rows to fill a store with. */
public final class Samples {
    private Samples() {}

    /** Some bytes that say what they are. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A token in a slot. */
    public static TokenRow token(int slot) {
        return new TokenRow(UUID.randomUUID(), slot, bytes("token in " + slot));
    }

    /** A first version of an object without index columns. */
    public static ObjectRow object(TokenRow token) {
        return object(token, Map.of());
    }

    /** A first version of an object. */
    public static ObjectRow object(TokenRow token, Map<IndexColumn, byte[]> indexes) {
        return new ObjectRow(token.id(), UUID.randomUUID(), 1, false, bytes("sealed"), indexes);
    }

    /** The version after {@code row}, with another content. */
    public static ObjectRow next(ObjectRow row, String sealed) {
        return new ObjectRow(row.token(), row.id(), row.version() + 1, row.isPrivate(), bytes(sealed), row.indexes());
    }

    /** An audit record. */
    public static AuditRow audit(long seq) {
        return new AuditRow(seq, bytes("record " + seq), bytes("mac " + seq));
    }
}
