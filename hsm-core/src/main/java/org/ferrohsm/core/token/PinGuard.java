// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Arrays;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.PinKdf;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenStore;

/**
 * Gives a token's key for a PIN, and no more than {@code limit} wrong answers in a row, whatever else runs or dies
 * meanwhile: a try is counted durably before the PIN is looked at, and taken back only when it was right.
 */
public final class PinGuard {
    /** Wrong tries in a row that lock a PIN where nothing else is configured. */
    public static final int DEFAULT_LIMIT = 10;

    private final TokenStore store;
    private final RootKey root;
    private final PinKdf kdf;
    private final int limit;

    /** A role's new PIN, hashed already: {@link #setPin} only writes it down. */
    public record NewPin(UUID token, Role role, byte[] wrapped) {}

    /** Locks PINs after {@code limit} wrong tries in a row. */
    public PinGuard(TokenStore store, RootKey root, PinKdf kdf, int limit) {
        if (limit < 1) {
            throw Fault.ARGUMENTS_BAD.because("a PIN needs at least 1 try, not " + limit);
        }
        this.store = store;
        this.root = root;
        this.kdf = kdf;
        this.limit = limit;
    }

    /**
     * The token key, which becomes the caller's. Not to be called inside a transaction.
     *
     * @throws HsmException PIN_INCORRECT; PIN_LOCKED if no try is left; USER_PIN_NOT_INITIALIZED if the role has no
     *     PIN; DEVICE_ERROR if the counter or the wrapped key has been changed, damaged or removed
     */
    public SecretBytes unlock(UUID token, Role role, SecretBytes pin) {
        while (true) {
            byte[] wrapped = reserve(token, role);
            SecretBytes tokenKey = kdf.unwrap(pin, wrapped, associated(token, role));
            if (takeBack(token, role, wrapped)) {
                return tokenKey;
            }
            // The PIN was set anew while this one was being looked at: only the new one counts.
            tokenKey.close();
        }
    }

    /**
     * Where the role's PIN stands. Writes nothing.
     *
     * @throws HsmException DEVICE_ERROR if the counter has been changed, damaged or removed
     */
    public PinState status(UUID token, Role role) {
        PinRow.Pin pin = store.read(reader -> PinRow.read(reader, token, key())).pin(role);
        return new PinState(pin.initialized(), pin.tries(), limit);
    }

    /** Hashes a new PIN, which takes as long as a login; the key stays the caller's. */
    public NewPin prepare(UUID token, Role role, SecretBytes pin, SecretBytes tokenKey) {
        return new NewPin(token, role, kdf.wrap(pin, tokenKey, associated(token, role)));
    }

    /**
     * Puts a role's PIN in place of the one before, with all tries left.
     *
     * @throws HsmException DEVICE_ERROR if the row of the token's PINs has been changed or damaged, or is gone when the
     *     user's PIN is set: only the SO's, in C_InitToken, starts a row
     */
    public void setPin(StoreWriter tx, NewPin pin) {
        boolean starts = pin.role == Role.SO && !PinRow.isThere(tx, pin.token);
        PinRow row = starts ? PinRow.empty() : PinRow.read(tx, pin.token, key());
        row.with(pin.role, new PinRow.Pin(0, pin.wrapped)).write(tx, pin.token, key());
    }

    /** Takes a role's PIN away. */
    public void clear(StoreWriter tx, UUID token, Role role) {
        PinRow.read(tx, token, key()).with(role, PinRow.Pin.NONE).write(tx, token, key());
    }

    private byte[] reserve(UUID token, Role role) {
        return store.write(tx -> {
            PinRow row = PinRow.read(tx, token, key());
            PinRow.Pin pin = row.pin(role);
            if (!pin.initialized()) {
                throw Fault.USER_PIN_NOT_INITIALIZED.because("token " + token + " has no PIN for " + role);
            }
            if (pin.tries() >= limit) {
                throw Fault.PIN_LOCKED.because("the PIN for " + role + " of token " + token + " is locked after "
                        + pin.tries() + " wrong tries");
            }
            row.with(role, pin.withTries(pin.tries() + 1)).write(tx, token, key());
            return pin.wrapped();
        });
    }

    private boolean takeBack(UUID token, Role role, byte[] wrapped) {
        return store.write(tx -> {
            PinRow row = PinRow.read(tx, token, key());
            PinRow.Pin pin = row.pin(role);
            if (!Arrays.equals(pin.wrapped(), wrapped)) {
                return false;
            }
            row.with(role, pin.withTries(0)).write(tx, token, key());
            return true;
        });
    }

    private SecretBytes key() {
        return root.key(RootLabel.STATE);
    }

    private static byte[] associated(UUID token, Role role) {
        return Binding.of("ferrohsm token key")
                .with(token)
                .with(role == Role.SO)
                .bytes();
    }
}
