// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a store: one for each token, which keeps it for life, and a free one for the next. A slot whose token is
 * gone is not used again.
 */
public final class Slots {
    /** Where the number of the free slot is kept, four bytes big-endian. */
    private static final String FREE = "free-slot";

    /** Among a token's entries, what tells that it is governed. */
    private static final String GOVERNANCE = "governance/book";

    private record Seen(
            long revision,
            NavigableMap<Long, Slot> slots,
            Map<UUID, TokenDescription> byId,
            Map<UUID, byte[]> governance,
            long free) {}

    /** A slot's token, or why it cannot be opened. */
    private record Slot(
            @Nullable TokenDescription token, @Nullable HsmException damage) {}

    private final Transactions store;
    private final RootKey root;
    private final SecureRandom random;
    private volatile @Nullable Seen seen;

    public Slots(Transactions store, RootKey root, SecureRandom random) {
        this.store = store;
        this.root = root;
        this.random = random;
    }

    /** All slot ids in ascending order; the last is the free one. */
    public long[] ids(boolean withTokenOnly) {
        Seen now = look();
        long[] ids = new long[now.slots.size() + (withTokenOnly ? 0 : 1)];
        int at = 0;
        for (long id : now.slots.keySet()) {
            ids[at++] = id;
        }
        if (!withTokenOnly) {
            ids[at] = now.free;
        }
        return ids;
    }

    /**
     * The token in a slot, empty for the free slot.
     *
     * @throws HsmException SLOT_ID_INVALID; DEVICE_ERROR if the token's row has been changed or damaged
     */
    public Optional<TokenDescription> token(long slot) {
        Seen now = look();
        if (slot == now.free) {
            return Optional.empty();
        }
        Slot found = now.slots.get(slot);
        if (found == null) {
            throw Fault.SLOT_ID_INVALID.because("there is no slot " + slot);
        }
        if (found.damage != null) {
            throw found.damage.fault().because(String.valueOf(found.damage.getMessage()), found.damage);
        }
        return Optional.ofNullable(found.token);
    }

    /** A new token for the free slot. */
    TokenDescription prepare(long slot, String label, Profile profile) {
        return new TokenDescription(Identities.next(random), (int) slot, label, new Initialisation(profile, 0));
    }

    /** Puts a new token into the free slot, which becomes taken; the next one is free from then on. */
    void take(StoreWriter tx, TokenDescription token) {
        if (free(tx) != token.slot()) {
            throw Fault.DEVICE_ERROR.because(
                    "slot " + token.slot() + " has just been taken by another program: try again");
        }
        tx.insertToken(token.seal(key(), random));
        tx.putEntry(
                Scopes.STORE,
                FREE,
                ByteBuffer.allocate(4).putInt(token.slot() + 1).array());
    }

    /** Gives a token another label and profile: it has been initialised again. */
    void renew(StoreWriter tx, TokenDescription token, String label, Profile profile) {
        Initialisation next = initialisation(tx, token.id()).next(profile);
        tx.updateToken(new TokenDescription(token.id(), token.slot(), label, next).seal(key(), random));
    }

    /**
     * What C_InitToken settled last for a token.
     *
     * @throws HsmException TOKEN_NOT_PRESENT if there is no such token; DEVICE_ERROR if its row has been changed
     */
    Initialisation initialisation(StoreReader reader, UUID token) {
        return reader.token(token)
                .map(row -> TokenDescription.open(row, key()).initialisation())
                .orElseThrow(() -> Fault.TOKEN_NOT_PRESENT.because("token " + token + " is gone"));
    }

    /** The same, as the newest revision of the store has it. */
    public Initialisation initialisation(UUID token) {
        TokenDescription found = look().byId.get(token);
        return found == null ? store.read(reader -> initialisation(reader, token)) : found.initialisation();
    }

    /** The sealed book of a token's governance, not to be changed; null if nothing governs it. */
    public byte @Nullable [] governance(UUID token) {
        return look().governance.get(token);
    }

    /**
     * Refuses to go on with what was read or unlocked before the token was initialised anew.
     *
     * @throws HsmException USER_NOT_LOGGED_IN
     */
    void requireSame(StoreReader reader, UUID token, Initialisation known) {
        if (!initialisation(reader, token).equals(known)) {
            throw Fault.USER_NOT_LOGGED_IN.because(
                    "the token has been initialised anew, which ended every login to it");
        }
    }

    private Seen look() {
        Seen last = seen;
        long revision = store.revision();
        if (last == null || last.revision != revision) {
            last = store.read(reader -> read(reader, revision));
            seen = last;
        }
        return last;
    }

    private Seen read(StoreReader reader, long revision) {
        NavigableMap<Long, Slot> slots = new TreeMap<>();
        List<TokenRow> rows = reader.tokens();
        Map<UUID, TokenDescription> byId = new TreeMap<>();
        Map<UUID, byte[]> governance = new TreeMap<>();
        for (TokenRow row : rows) {
            Slot slot = open(row);
            slots.put((long) row.slot(), slot);
            if (slot.token != null) {
                byId.put(row.id(), slot.token);
                reader.entry(row.id(), GOVERNANCE).ifPresent(book -> governance.put(row.id(), book));
            }
        }
        return new Seen(revision, slots, byId, governance, free(reader));
    }

    private Slot open(TokenRow row) {
        try {
            return new Slot(TokenDescription.open(row, key()), null);
        } catch (HsmException e) {
            return new Slot(null, e);
        }
    }

    private static long free(StoreReader reader) {
        long next = reader.entry(Scopes.STORE, FREE)
                .filter(value -> value.length == 4)
                .map(value -> (long) ByteBuffer.wrap(value).getInt())
                .orElse(0L);
        for (TokenRow row : reader.tokens()) {
            next = Math.max(next, row.slot() + 1L);
        }
        return next;
    }

    private SecretBytes key() {
        return root.key(RootLabel.STATE);
    }

    /** What is in each slot: the token's id, or nothing in the free slot and where the token cannot be opened. */
    public NavigableMap<Long, Optional<UUID>> contents() {
        Seen now = look();
        NavigableMap<Long, Optional<UUID>> contents = new TreeMap<>();
        now.slots.forEach(
                (id, slot) -> contents.put(id, Optional.ofNullable(slot.token).map(TokenDescription::id)));
        contents.put(now.free, Optional.empty());
        return contents;
    }

    /** Tokens by id, of those that can be opened. */
    public Map<UUID, TokenDescription> tokens() {
        return Collections.unmodifiableMap(look().byId);
    }
}
