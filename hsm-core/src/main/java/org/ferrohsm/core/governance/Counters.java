// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.governance.approval.Digests;
import org.ferrohsm.core.governance.ledger.Book;
import org.ferrohsm.core.governance.policy.UseLimit;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.jspecify.annotations.Nullable;

/** How often keys have been used under rules that limit it. */
final class Counters {
    private static final String ROW = "count/";
    private static final String PURPOSE = "ferrohsm-governance-counter-v1";
    private static final int NAME = 16;

    private Counters() {}

    /** Uses in the span that began at {@code since}; of a limit that holds for ever, since the first use. */
    private record Count(long since, long uses) {}

    /** Which limit has been reached, empty if none has. */
    static Optional<String> reached(StoreReader tx, Book book, List<UseLimit> limits, @Nullable HsmObject key) {
        for (UseLimit limit : limits) {
            if (now(tx, book, limit, key).uses >= limit.uses()) {
                return Optional.of("rule \"" + limit.rule() + "\" allows " + limit.uses() + " uses"
                        + (limit.per() == null ? "" : " in " + limit.per()));
            }
        }
        return Optional.empty();
    }

    /** Counts one use. */
    static void count(StoreWriter tx, Book book, List<UseLimit> limits, @Nullable HsmObject key) {
        for (UseLimit limit : limits) {
            Count count = now(tx, book, limit, key);
            RecordFields fields = new RecordFields();
            fields.put(1, count.since);
            fields.put(2, count.uses + 1);
            book.put(tx, name(limit, key), CborWriter.encode(fields.dictionary()), new byte[0]);
        }
    }

    private static Count now(StoreReader tx, Book book, UseLimit limit, @Nullable HsmObject key) {
        Optional<byte[]> row = book.row(tx, name(limit, key));
        if (row.isEmpty()) {
            return new Count(book.now(), 0);
        }
        RecordFields fields = RecordFields.parse(row.get());
        Count count = new Count(fields.number(1), fields.number(2));
        boolean over =
                limit.per() != null && book.now() - count.since >= limit.per().toMillis();
        return over ? new Count(book.now(), 0) : count;
    }

    private static String name(UseLimit limit, @Nullable HsmObject key) {
        String what = limit.rule() + "\n" + (limit.per() == null ? "total" : "rate") + "\n"
                + (key == null ? "" : key.id().toString());
        byte[] digest = Digests.of(PURPOSE, what.getBytes(StandardCharsets.UTF_8));
        return ROW + HexFormat.of().formatHex(Arrays.copyOf(digest, NAME));
    }
}
