// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.token.Slots;
import org.ferrohsm.core.token.StateRoot;
import org.ferrohsm.core.token.TokenDescription;
import org.ferrohsm.core.token.Transactions;
import org.jspecify.annotations.Nullable;

/** Looks whether what is stored is what was written. */
public final class HealthService {
    /**
     * A token's state.
     *
     * @param slot its slot
     * @param label its label, empty if that cannot be read
     * @param objects how many objects it holds, all of them read; 0 if there is a problem
     * @param problem what is wrong, null if nothing is
     */
    public record TokenHealth(
            long slot, String label, long objects, @Nullable String problem) {}

    private final Transactions store;
    private final Slots slots;
    private final StateRoot stateRoot;

    public HealthService(Transactions store, Slots slots, StateRoot stateRoot) {
        this.store = store;
        this.slots = slots;
        this.stateRoot = stateRoot;
    }

    /** Reads every token and every row of its objects, which takes seconds for a million. */
    public List<TokenHealth> tokens() {
        List<TokenHealth> all = new ArrayList<>();
        for (long slot : slots.ids(true)) {
            all.add(token(slot));
        }
        return all;
    }

    private TokenHealth token(long slot) {
        String label = "";
        try {
            TokenDescription token = slots.token(slot).orElseThrow();
            label = token.label();
            return new TokenHealth(slot, label, store.read(tx -> stateRoot.verify(tx, token.id())), null);
        } catch (HsmException e) {
            return new TokenHealth(slot, label, 0, String.valueOf(e.getMessage()));
        }
    }
}
