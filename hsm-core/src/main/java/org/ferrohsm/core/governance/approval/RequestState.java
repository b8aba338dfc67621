// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request stands. The table below is all that can happen to it. */
public enum RequestState {
    PENDING,
    APPROVED,
    /** Used up. */
    CONSUMED,
    DENIED,
    /** Not decided, or not used, in time. */
    EXPIRED,
    /** Taken back after it was approved. */
    REVOKED,
    /** The policy, the key or the approvers are no longer those that it was opened under. */
    SUPERSEDED;

    /** What can happen to a request. */
    public enum Event {
        /** One more approves, and that is not yet enough. */
        APPROVAL,
        /** One more approves, and that is enough. */
        QUORUM,
        DENIAL,
        REVOCATION,
        /** Its time is over. */
        EXPIRY,
        SUPERSESSION,
        /** It is used, and may be used again. */
        USE,
        /** It is used for the last time. */
        LAST_USE
    }

    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<Event, RequestState> next = new EnumMap<>(Event.class);

    static {
        PENDING.on(Event.APPROVAL, PENDING)
                .on(Event.QUORUM, APPROVED)
                .on(Event.DENIAL, DENIED)
                .on(Event.EXPIRY, EXPIRED)
                .on(Event.SUPERSESSION, SUPERSEDED);
        APPROVED.on(Event.REVOCATION, REVOKED)
                .on(Event.EXPIRY, EXPIRED)
                .on(Event.SUPERSESSION, SUPERSEDED)
                .on(Event.USE, APPROVED)
                .on(Event.LAST_USE, CONSUMED);
    }

    private RequestState on(Event event, RequestState state) {
        next.put(event, state);
        return this;
    }

    /** The state after an event, empty where the event cannot happen. */
    public Optional<RequestState> after(Event event) {
        @Nullable RequestState state = next.get(event);
        return Optional.ofNullable(state);
    }

    /** Whether nothing can happen to it any more. */
    public boolean isOver() {
        return next.isEmpty();
    }
}
