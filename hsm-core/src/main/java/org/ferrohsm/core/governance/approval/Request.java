// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.governance.policy.Quorum;
import org.jspecify.annotations.Nullable;

/**
 * A request for approval: everything that approvers agree to. Immutable; what they sign is {@link #digest}.
 *
 * @param id its name
 * @param nonce 32 random bytes: two requests never have one digest
 * @param subject what is asked for
 * @param label the key's label, for people
 * @param tags the key's policy tags, for people
 * @param description what it is about in the asker's own words, null if nothing was said
 * @param policyVersion the policy in force when it was opened
 * @param policyHash that policy's digest
 * @param quorum who must agree
 * @param opened milliseconds since 1970-01-01T00:00Z, as are the following
 * @param decideBy when it expires without its quorum
 * @param useWithin milliseconds for which it may be used once the quorum has agreed
 * @param uses how often it may be used; 1 unless it is an activation
 */
public record Request(
        UUID id,
        byte[] nonce,
        Subject subject,
        String label,
        String tags,
        @Nullable String description,
        long policyVersion,
        byte[] policyHash,
        Quorum quorum,
        long opened,
        long decideBy,
        long useWithin,
        long uses) {
    private static final String PURPOSE = "ferrohsm-approval-request-v1";
    private static final long FORMAT = 1;

    /** Whether it opens a key for a time and not for one operation. */
    public boolean isActivation() {
        return subject.data() == null;
    }

    /** What approvers sign. */
    public byte[] digest() {
        return Digests.of(PURPOSE, encode());
    }

    /** The canonical bytes. */
    public byte[] encode() {
        SortedMap<CborValue.Key, CborValue> groups = new TreeMap<>();
        quorum.counts().forEach((group, count) -> groups.put(new CborValue.Text(group), new CborValue.Unsigned(count)));
        RecordFields fields = new RecordFields();
        fields.put(1, FORMAT);
        fields.put(2, id);
        fields.put(3, nonce);
        subject.put(fields);
        fields.put(12, label.isEmpty() ? null : label);
        fields.put(13, tags.isEmpty() ? null : tags);
        fields.put(14, description);
        fields.put(15, policyVersion);
        fields.put(16, policyHash);
        fields.put(17, new CborValue.Dictionary(groups));
        fields.put(18, opened);
        fields.put(19, decideBy);
        fields.put(20, useWithin);
        fields.put(21, uses);
        return CborWriter.encode(fields.dictionary());
    }

    /** What {@link #encode} gave; {@link CborException} if it is something else. */
    public static Request decode(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != FORMAT) {
            throw new CborException("another version of the format");
        }
        Request request = new Request(
                fields.uuid(2),
                fields.bytes(3, Subject.HASH),
                Subject.take(fields),
                orEmpty(fields.optionalText(12)),
                orEmpty(fields.optionalText(13)),
                fields.optionalText(14),
                fields.number(15),
                fields.bytes(16, Subject.HASH),
                quorum(fields.optionalDictionary(17)),
                fields.number(18),
                fields.number(19),
                fields.number(20),
                fields.number(21));
        fields.requireNoMore();
        return request;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Quorum quorum(CborValue.Dictionary groups) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        groups.entries().forEach((key, value) -> {
            if (!(key instanceof CborValue.Text group)
                    || !(value instanceof CborValue.Unsigned count)
                    || count.value() < 1
                    || count.value() > Short.MAX_VALUE) {
                throw new CborException("a quorum of other things than groups and numbers");
            }
            counts.put(group.value(), (int) count.value());
        });
        return new Quorum(counts);
    }
}
