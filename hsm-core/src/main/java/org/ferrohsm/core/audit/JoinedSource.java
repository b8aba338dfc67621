// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/** A log in several pieces, one after the other; what stands beside the log and at its end comes from the last. */
public final class JoinedSource implements AuditSource {
    private final List<AuditSource> pieces;
    private int current;

    /** Takes the pieces over, of which there is at least one. */
    public JoinedSource(List<AuditSource> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    private AuditSource last() {
        return pieces.get(pieces.size() - 1);
    }

    @Override
    public @Nullable UUID claimedLog() {
        return pieces.stream()
                .map(AuditSource::claimedLog)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String checkpoint() {
        return last().checkpoint();
    }

    @Override
    public @Nullable AuditRow next() {
        AuditRow row = pieces.get(current).next();
        while (row == null && current < pieces.size() - 1) {
            current++;
            row = pieces.get(current).next();
        }
        return row;
    }

    @Override
    public End end() {
        return last().end();
    }

    @Override
    public void close() {
        pieces.forEach(AuditSource::close);
    }
}
