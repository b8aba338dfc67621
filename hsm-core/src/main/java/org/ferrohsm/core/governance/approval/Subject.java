// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.util.UUID;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.jspecify.annotations.Nullable;

/**
 * What exactly is asked for. Two calls ask for the same if and only if their subjects are equal.
 *
 * @param token the token
 * @param operation what is to happen
 * @param object the key, null where it is about the token
 * @param objectVersion the key's version
 * @param mechanism CKM_*
 * @param parameters digest of the mechanism's parameters; null in an activation, and where there are none
 * @param data digest of what is signed, decrypted, wrapped, put in force ...; null in an activation
 * @param requester the account that asks, e.g. {@code uid:1000}
 */
public record Subject(
        UUID token,
        GovernedOperation operation,
        @Nullable UUID object,
        @Nullable Long objectVersion,
        @Nullable Long mechanism,
        byte @Nullable [] parameters,
        byte @Nullable [] data,
        String requester) {
    static final int HASH = 32;

    private static final String PURPOSE = "ferrohsm-approval-subject-v1";

    /** The digest by which a repeated call finds its request. */
    public byte[] hash() {
        RecordFields fields = new RecordFields();
        put(fields);
        return Digests.of(PURPOSE, CborWriter.encode(fields.dictionary()));
    }

    /** The fields 4 to 11 of a request. */
    void put(RecordFields fields) {
        fields.put(4, token);
        fields.put(5, operation.name());
        fields.put(6, object);
        fields.put(7, objectVersion);
        fields.put(8, mechanism);
        fields.put(9, parameters);
        fields.put(10, data);
        fields.put(11, requester);
    }

    static Subject take(RecordFields fields) {
        return new Subject(
                fields.uuid(4),
                operation(fields.text(5)),
                fields.optionalUuid(6),
                fields.optionalNumber(7),
                fields.optionalNumber(8),
                fields.optionalBytes(9, HASH),
                fields.optionalBytes(10, HASH),
                fields.text(11));
    }

    private static GovernedOperation operation(String name) {
        try {
            return GovernedOperation.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new CborException("an operation that is not known: " + name);
        }
    }
}
