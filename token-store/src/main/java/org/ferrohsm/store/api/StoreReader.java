// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads inside one transaction. Byte arrays returned belong to the caller. */
public interface StoreReader {
    /** The value put under {@code name} in {@code scope} (a token's id, or {@link Scopes#STORE}). */
    Optional<byte[]> entry(UUID scope, String name);

    /** All tokens, in the order of their slots. */
    List<TokenRow> tokens();

    /** One token. */
    Optional<TokenRow> token(UUID token);

    /** One object of a token. */
    Optional<ObjectRow> object(UUID token, UUID object);

    /** The version alone of one object: the cheap way to learn whether a cached copy is still right. */
    OptionalLong objectVersion(UUID token, UUID object);

    /**
     * Ids of a token's objects whose index columns equal every value of {@code equals} (an empty map matches all), in
     * the order of their creation, after {@code after} (a position given by an earlier call, 0 for the start), at most
     * {@code limit}, which is at least 1. Positions are never used again, so pages read in separate transactions skip and
     * repeat nothing.
     */
    List<ObjectPosition> findObjects(UUID token, Map<IndexColumn, byte[]> equals, long after, int limit);

    /** How many objects a token holds. */
    long countObjects(UUID token);

    /** The sequence number of the newest audit record, empty if there is none. The first is 0. */
    OptionalLong lastAudit();

    /** Audit records from {@code fromSeq} on, in order, at most {@code limit}. */
    List<AuditRow> audit(long fromSeq, int limit);
}
