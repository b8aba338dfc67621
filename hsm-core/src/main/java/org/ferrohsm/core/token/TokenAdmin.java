// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreWriter;

/** Initialises tokens and looks after their PINs; each thing done or refused is on record. */
public final class TokenAdmin {
    /** Shortest PIN in bytes. */
    public static final int MIN_PIN = 4;

    /** Longest PIN in bytes. */
    public static final int MAX_PIN = 255;

    private static final int LABEL_BYTES = 32;
    private static final int KEY_BYTES = 32;

    private final Transactions store;
    private final Slots slots;
    private final PinGuard pins;
    private final StateRoot stateRoot;
    private final AuditLog audit;
    private final SecureRandom random;

    public TokenAdmin(
            Transactions store, Slots slots, PinGuard pins, StateRoot stateRoot, AuditLog audit, SecureRandom random) {
        this.store = store;
        this.slots = slots;
        this.pins = pins;
        this.stateRoot = stateRoot;
        this.audit = audit;
        this.random = random;
    }

    /**
     * Initialises the token in a slot (PKCS#11 3.2 section 5.5.7): a new one in the free slot; one that is there loses its
     * objects and the user's PIN, and {@code soPin} must be its SO's. The profile is on record.
     *
     * @throws HsmException SLOT_ID_INVALID, PIN_LEN_RANGE, ARGUMENTS_BAD, PIN_INCORRECT, PIN_LOCKED
     */
    public void initialise(String actor, long slot, SecretBytes soPin, String label, Profile profile) {
        requireLength(soPin);
        if (label.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES) {
            throw Fault.ARGUMENTS_BAD.because("a label has at most " + LABEL_BYTES + " bytes");
        }
        Optional<TokenDescription> present = slots.token(slot);
        present.ifPresent(token ->
                unlock(actor, token, Role.SO, soPin, AuditAction.TOKEN_INIT).close());
        try (SecretBytes tokenKey = SecretBytes.random(KEY_BYTES, random)) {
            if (present.isPresent()) {
                reinitialise(actor, present.get(), soPin, label, profile, tokenKey);
            } else {
                create(actor, slot, soPin, label, profile, tokenKey);
            }
        }
    }

    private void create(
            String actor, long slot, SecretBytes soPin, String label, Profile profile, SecretBytes tokenKey) {
        TokenDescription token = slots.prepare(slot, label, profile);
        PinGuard.NewPin pin = pins.prepare(token.id(), Role.SO, soPin, tokenKey);
        store.write(tx -> {
            slots.take(tx, token);
            stateRoot.start(tx, token.id());
            pins.setPin(tx, pin);
            return recordInit(tx, actor, token, label, profile);
        });
    }

    private void reinitialise(
            String actor,
            TokenDescription token,
            SecretBytes soPin,
            String label,
            Profile profile,
            SecretBytes tokenKey) {
        PinGuard.NewPin pin = pins.prepare(token.id(), Role.SO, soPin, tokenKey);
        store.write(tx -> {
            tx.deleteObjects(token.id());
            stateRoot.cleared(tx, token.id());
            slots.renew(tx, token, label, profile);
            pins.setPin(tx, pin);
            pins.clear(tx, token.id(), Role.USER);
            return recordInit(tx, actor, token, label, profile);
        });
    }

    private long recordInit(StoreWriter tx, String actor, TokenDescription token, String label, Profile profile) {
        return audit.append(
                tx,
                AuditEvent.of(AuditAction.TOKEN_INIT)
                        .actor(actor)
                        .token(token.id())
                        .stateRoot(stateRoot.current(tx, token.id()))
                        .detail("label", label)
                        .detail("slot", token.slot())
                        .detail("profile", profile.toString())
                        .build());
    }

    /**
     * The token key for a role's PIN; success and failure are recorded as {@code action}.
     *
     * @throws HsmException PIN_INCORRECT, PIN_LOCKED, USER_PIN_NOT_INITIALIZED, DEVICE_ERROR
     */
    public SecretBytes unlock(String actor, TokenDescription token, Role role, SecretBytes pin, AuditAction action) {
        try {
            return pins.unlock(token.id(), role, pin);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        } catch (HsmException e) {
            audit.append(event(actor, token, role, action).failed(e.fault()).build());
            throw e;
        }
    }

    /** Records that a role has done something about its PIN or login. */
    public void record(String actor, TokenDescription token, Role role, AuditAction action) {
        audit.append(event(actor, token, role, action).build());
    }

    /**
     * Sets a role's PIN, which {@code tokenKey} proves the right to.
     *
     * @throws HsmException PIN_LEN_RANGE; USER_NOT_LOGGED_IN if the token has been initialised anew since {@code token}
     *     was read
     */
    public void setPin(
            String actor,
            TokenDescription token,
            Role role,
            SecretBytes pin,
            SecretBytes tokenKey,
            AuditAction action) {
        requireLength(pin);
        PinGuard.NewPin prepared = pins.prepare(token.id(), role, pin, tokenKey);
        store.write(tx -> {
            slots.requireSame(tx, token.id(), token.initialisation());
            pins.setPin(tx, prepared);
            return audit.append(tx, event(actor, token, role, action).build());
        });
    }

    /** Where a role's PIN stands. */
    public PinState pinState(TokenDescription token, Role role) {
        try {
            return pins.status(token.id(), role);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    private static AuditEvent.Builder event(String actor, TokenDescription token, Role role, AuditAction action) {
        return AuditEvent.of(action).actor(actor).token(token.id()).detail("role", role.name());
    }

    /**
     * Refuses a PIN of a length that none has.
     *
     * @throws HsmException PIN_LEN_RANGE
     */
    public static void requireLength(SecretBytes pin) {
        if (pin.length() < MIN_PIN || pin.length() > MAX_PIN) {
            throw Fault.PIN_LEN_RANGE.because("a PIN has " + MIN_PIN + " to " + MAX_PIN + " bytes");
        }
    }
}
