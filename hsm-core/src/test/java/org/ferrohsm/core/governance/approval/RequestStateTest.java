// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ferrohsm.core.governance.approval.RequestState.Event;
import org.junit.jupiter.api.Test;

/** The table of docs/spec/approval.md, every state by every event. */
class RequestStateTest {
    private static final Map<RequestState, Map<Event, RequestState>> TABLE = Map.of(
            RequestState.PENDING,
            Map.of(
                    Event.APPROVAL, RequestState.PENDING,
                    Event.QUORUM, RequestState.APPROVED,
                    Event.DENIAL, RequestState.DENIED,
                    Event.EXPIRY, RequestState.EXPIRED,
                    Event.SUPERSESSION, RequestState.SUPERSEDED),
            RequestState.APPROVED,
            Map.of(
                    Event.REVOCATION, RequestState.REVOKED,
                    Event.EXPIRY, RequestState.EXPIRED,
                    Event.SUPERSESSION, RequestState.SUPERSEDED,
                    Event.USE, RequestState.APPROVED,
                    Event.LAST_USE, RequestState.CONSUMED));

    @Test
    void every_event_in_every_state_does_what_the_table_says() {
        for (RequestState state : RequestState.values()) {
            Map<Event, RequestState> row = TABLE.getOrDefault(state, new EnumMap<>(Event.class));
            for (Event event : Event.values()) {
                assertEquals(Optional.ofNullable(row.get(event)), state.after(event), state + " and " + event);
            }
            assertEquals(row.isEmpty(), state.isOver(), state.name());
        }
    }

    @Test
    void only_an_approved_request_is_ever_used_and_nothing_leads_back_to_it() {
        Set<RequestState> before = EnumSet.noneOf(RequestState.class);
        for (RequestState state : RequestState.values()) {
            for (Event event : EnumSet.of(Event.USE, Event.LAST_USE)) {
                if (state.after(event).isPresent()) {
                    before.add(state);
                }
            }
        }
        assertEquals(EnumSet.of(RequestState.APPROVED), before);
        for (RequestState state : RequestState.values()) {
            for (Event event : Event.values()) {
                if (state.after(event).equals(Optional.of(RequestState.APPROVED)) && event != Event.USE) {
                    assertEquals(RequestState.PENDING, state);
                    assertEquals(Event.QUORUM, event);
                }
            }
        }
    }
}
