// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.UUID;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.tlog.TreeHash;

/**
 * Where the log ends: kept beside it so that a log without its last records is noticed.
 *
 * @param log the log
 * @param count how many records it has
 * @param last the last record's leaf hash
 * @param mac by the key of the epoch that record {@code count} will belong to
 */
record AuditHead(UUID log, long count, byte[] last, byte[] mac) {
    /** Its name among the store's own entries. */
    static final String ENTRY = "audit.head";

    private static final int VERSION = 1;

    byte[] encode() {
        RecordFields fields = new RecordFields();
        fields.put(1, VERSION);
        fields.put(2, log);
        fields.put(3, count);
        fields.put(4, last);
        fields.put(5, mac);
        return CborWriter.encode(fields.dictionary());
    }

    /** Reads a head back; {@link CborException} if it is none. */
    static AuditHead parse(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != VERSION) {
            throw new CborException("another version of the format");
        }
        AuditHead head = new AuditHead(
                fields.uuid(2), fields.number(3), fields.bytes(4, TreeHash.LENGTH), fields.bytes(5, TreeHash.LENGTH));
        fields.requireNoMore();
        return head;
    }
}
