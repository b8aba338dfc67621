// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A request with what has become of it. Immutable: each event gives the next one.
 *
 * @param request what is asked for
 * @param state where it stands
 * @param votes the votes that have been cast, each approver's last one
 * @param usableUntil milliseconds since 1970-01-01T00:00Z; null until it is approved
 * @param usesLeft how often it may still be used
 * @param reason why it ended, null if that needs no saying
 */
public record Dossier(
        Request request,
        RequestState state,
        SortedMap<String, Vote> votes,
        @Nullable Long usableUntil,
        long usesLeft,
        @Nullable String reason) {
    private static final long FORMAT = 1;

    public Dossier {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
    }

    /** A new request. */
    public static Dossier opened(Request request) {
        return new Dossier(request, RequestState.PENDING, new TreeMap<>(), null, request.uses(), null);
    }

    /** Whether its time is over. */
    public boolean isOverdue(long now) {
        return (state == RequestState.PENDING && now >= request.decideBy())
                || (state == RequestState.APPROVED && usableUntil != null && now >= usableUntil);
    }

    /** After a vote; {@code enough} says whether the quorum agrees now. */
    public Dossier voted(String approver, Vote vote, boolean enough, long now) {
        SortedMap<String, Vote> more = new TreeMap<>(votes);
        more.put(approver, vote);
        return switch (vote.verdict()) {
            case APPROVE -> {
                RequestState next = after(enough ? RequestState.Event.QUORUM : RequestState.Event.APPROVAL);
                Long until = enough ? Long.valueOf(Math.addExact(now, request.useWithin())) : null;
                yield new Dossier(request, next, more, until, usesLeft, null);
            }
            case DENY ->
                new Dossier(request, after(RequestState.Event.DENIAL), more, usableUntil, usesLeft, "by " + approver);
            case REVOKE ->
                new Dossier(
                        request, after(RequestState.Event.REVOCATION), more, usableUntil, usesLeft, "by " + approver);
        };
    }

    /** After one use. */
    public Dossier used() {
        RequestState next = after(usesLeft > 1 ? RequestState.Event.USE : RequestState.Event.LAST_USE);
        return new Dossier(request, next, votes, usableUntil, usesLeft - 1, null);
    }

    /** After its end by something else than a vote or a use. */
    public Dossier ended(RequestState.Event event, String why) {
        return new Dossier(request, after(event), votes, usableUntil, usesLeft, why);
    }

    private RequestState after(RequestState.Event event) {
        return state.after(event)
                .orElseThrow(() -> Fault.FUNCTION_REJECTED.because("request " + request.id() + " is "
                        + state.name().toLowerCase(java.util.Locale.ROOT) + (reason == null ? "" : " (" + reason + ")")
                        + ": nothing was changed"));
    }

    /** The canonical bytes. */
    public byte[] encode() {
        SortedMap<CborValue.Key, CborValue> cast = new TreeMap<>();
        votes.forEach((name, vote) -> cast.put(new CborValue.Text(name), new CborValue.Bytes(vote.encode())));
        RecordFields fields = new RecordFields();
        fields.put(1, FORMAT);
        fields.put(2, request.encode());
        fields.put(3, state.name());
        if (!cast.isEmpty()) {
            fields.put(4, new CborValue.Dictionary(cast));
        }
        fields.put(5, usableUntil);
        fields.put(6, usesLeft);
        fields.put(7, reason);
        return CborWriter.encode(fields.dictionary());
    }

    /** What {@link #encode} gave; {@link CborException} if it is something else. */
    public static Dossier decode(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != FORMAT) {
            throw new CborException("another version of the format");
        }
        Dossier dossier = new Dossier(
                Request.decode(fields.anyBytes(2)),
                state(fields.text(3)),
                votes(fields.optionalDictionary(4)),
                fields.optionalNumber(5),
                fields.number(6),
                fields.optionalText(7));
        fields.requireNoMore();
        return dossier;
    }

    private static RequestState state(String name) {
        try {
            return RequestState.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new CborException("a state that is not known: " + name);
        }
    }

    private static SortedMap<String, Vote> votes(CborValue.Dictionary cast) {
        SortedMap<String, Vote> votes = new TreeMap<>();
        cast.entries().forEach((key, value) -> {
            if (!(key instanceof CborValue.Text name) || !(value instanceof CborValue.Bytes vote)) {
                throw new CborException("votes that are none");
            }
            votes.put(name.value(), Vote.decode(vote.value()));
        });
        return votes;
    }

    /** The names of those who have approved. */
    public List<String> approvedBy() {
        List<String> names = new ArrayList<>();
        votes.forEach((name, vote) -> {
            if (vote.verdict() == Verdict.APPROVE) {
                names.add(name);
            }
        });
        return names;
    }
}
