// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.HmacSha256;
import org.ferrohsm.store.api.IndexColumn;
import org.jspecify.annotations.Nullable;

/**
 * The columns by which the store finds objects without understanding them: 16 bytes of HMAC-SHA256 over token, column
 * and value.
 */
public final class BlindIndex {
    private static final int LENGTH = 16;

    private static final Map<IndexColumn, Long> ATTRIBUTES = new EnumMap<>(Map.of(
            IndexColumn.OBJECT_CLASS, Cka.CKA_CLASS,
            IndexColumn.KEY_TYPE, Cka.CKA_KEY_TYPE,
            IndexColumn.LABEL, Cka.CKA_LABEL,
            IndexColumn.ID, Cka.CKA_ID,
            IndexColumn.SUBJECT, Cka.CKA_SUBJECT));

    private BlindIndex() {}

    /**
     * The columns for those attributes among the indexed that {@code attributes} has a value for: an object's, to be
     * stored, or a template's, to be searched for.
     */
    public static Map<IndexColumn, byte[]> columns(TokenKeys keys, LongFunction<@Nullable AttributeValue> attributes) {
        Map<IndexColumn, byte[]> columns = new EnumMap<>(IndexColumn.class);
        try (HmacSha256 mac = HmacSha256.keyed(keys.forIndexes())) {
            ATTRIBUTES.forEach((column, type) -> {
                AttributeValue value = attributes.apply(type);
                if (value != null) {
                    columns.put(column, of(mac, keys.token(), column, value));
                }
            });
        }
        return columns;
    }

    private static byte[] of(HmacSha256 mac, UUID token, IndexColumn column, AttributeValue value) {
        byte[] code = mac.of(Binding.of("ferrohsm column " + column)
                .with(token)
                .with(value.asBytes())
                .bytes());
        return Arrays.copyOf(code, LENGTH);
    }
}
