// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.security.MessageDigest;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/** Checks MACs with a key that moves on with the epochs; the epoch comes from a record's place, never from the record. */
final class MacCheck implements AutoCloseable {
    private final long epochLength;
    private @Nullable EpochKey key;
    private final long firstEpoch;

    MacCheck(@Nullable VerificationKey key, long epochLength) {
        this.epochLength = epochLength;
        this.key = key == null ? null : key.key().copy();
        this.firstEpoch = key == null ? Long.MAX_VALUE : key.epoch();
    }

    /** Whether the MAC of record {@code seq} can be checked. */
    boolean covers(long seq) {
        return seq / epochLength >= firstEpoch;
    }

    /** The first record that {@link #covers}, null if none does. */
    @Nullable
    Long coversFrom() {
        return key == null ? null : firstEpoch * epochLength;
    }

    /** Whether the row's MAC is that of {@code leaf} as record {@code seq}, which is not before any asked for earlier. */
    boolean isRight(AuditRow row, long seq, byte[] leaf) {
        return MessageDigest.isEqual(row.mac(), keyFor(seq).mac(leaf));
    }

    boolean isRight(AuditHead head) {
        return MessageDigest.isEqual(head.mac(), keyFor(head.count()).headMac(head.log(), head.count(), head.last()));
    }

    /** Whether the row's MAC was made with a later key than that of record {@code seq}, up to that of {@code count}. */
    boolean isOfLaterEpoch(AuditRow row, long seq, byte[] leaf, long count) {
        EpochKey later = keyFor(seq).copy();
        boolean found = false;
        while (!found && later.epoch() < count / epochLength) {
            EpochKey next = later.next();
            later.close();
            later = next;
            found = MessageDigest.isEqual(row.mac(), later.mac(leaf));
        }
        later.close();
        return found;
    }

    private EpochKey keyFor(long seq) {
        EpochKey current = key;
        if (current == null) {
            throw new IllegalStateException("no key to check MACs with");
        }
        while (current.epoch() < seq / epochLength) {
            EpochKey next = current.next();
            current.close();
            current = next;
        }
        key = current;
        return current;
    }

    @Override
    public void close() {
        if (key != null) {
            key.close();
        }
    }
}
