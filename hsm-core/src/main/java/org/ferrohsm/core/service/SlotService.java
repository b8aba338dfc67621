// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.ferrohsm.core.ck.Ck;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.session.SlotWatch;
import org.ferrohsm.core.token.PinState;
import org.ferrohsm.core.token.Role;
import org.ferrohsm.core.token.Slots;
import org.ferrohsm.core.token.TokenAdmin;
import org.ferrohsm.core.token.TokenDescription;

/** Slot and token management (PKCS#11 3.2 section 5.5). Every method throws HsmException with the function's codes. */
public final class SlotService {
    private static final String MANUFACTURER = "FerroHSM";
    private static final String PRODUCT = "FerroHSM";
    private static final Version HARDWARE = new Version(1, 0);
    private static final Version FIRMWARE = new Version(0, 1);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'00'").withZone(ZoneOffset.UTC);

    /** Saved states are digests, which need no key when they are restored. */
    private static final long ALWAYS = Ckf.CKF_RNG
            | Ckf.CKF_LOGIN_REQUIRED
            | Ckf.CKF_RESTORE_KEY_NOT_NEEDED
            | Ckf.CKF_DUAL_CRYPTO_OPERATIONS
            | Ckf.CKF_ASYNC_SESSION_SUPPORTED;

    private final Slots slots;
    private final TokenAdmin admin;
    private final MechanismTable mechanisms;
    private final Profile byDefault;
    private final Clock clock;

    /** {@code byDefault}: the profile of tokens that are initialised without one. */
    public SlotService(Slots slots, TokenAdmin admin, MechanismTable mechanisms, Profile byDefault, Clock clock) {
        this.slots = slots;
        this.admin = admin;
        this.mechanisms = mechanisms;
        this.byDefault = byDefault;
        this.clock = clock;
    }

    /**
     * Slot ids in ascending order. The free slot holds a token too, one that is not initialised yet: programs that ask for
     * slots with a token must find where to make one.
     */
    public long[] slotIds(boolean tokenPresent) {
        return slots.ids(false);
    }

    public SlotInfo slotInfo(long slot) {
        String what = slots.token(slot)
                .map(token -> "FerroHSM slot " + slot + ": " + token.serial())
                .orElse("FerroHSM free slot " + slot);
        return new SlotInfo(what, MANUFACTURER, Ckf.CKF_TOKEN_PRESENT, HARDWARE, FIRMWARE);
    }

    /** The token in a slot, with the session counts of this application. */
    public TokenInfo tokenInfo(Application application, long slot) {
        Optional<TokenDescription> token = slots.token(slot);
        long flags = ALWAYS;
        if (token.isPresent()) {
            flags |= Ckf.CKF_TOKEN_INITIALIZED;
            PinState user = admin.pinState(token.get(), Role.USER);
            PinState so = admin.pinState(token.get(), Role.SO);
            flags |= user.initialized() ? Ckf.CKF_USER_PIN_INITIALIZED : 0;
            flags |= user.countLow() ? Ckf.CKF_USER_PIN_COUNT_LOW : 0;
            flags |= user.finalTry() ? Ckf.CKF_USER_PIN_FINAL_TRY : 0;
            flags |= user.locked() ? Ckf.CKF_USER_PIN_LOCKED : 0;
            flags |= so.countLow() ? Ckf.CKF_SO_PIN_COUNT_LOW : 0;
            flags |= so.finalTry() ? Ckf.CKF_SO_PIN_FINAL_TRY : 0;
            flags |= so.locked() ? Ckf.CKF_SO_PIN_LOCKED : 0;
        }
        long sessions = 0;
        long readWrite = 0;
        for (Session session : application.sessions(slot)) {
            sessions++;
            readWrite += session.readWrite() ? 1 : 0;
        }
        return new TokenInfo(
                token.map(TokenDescription::label).orElse(""),
                MANUFACTURER,
                model(profile(slot)),
                token.map(TokenDescription::serial).orElse(""),
                flags,
                Ck.CK_EFFECTIVELY_INFINITE,
                sessions,
                Ck.CK_EFFECTIVELY_INFINITE,
                readWrite,
                TokenAdmin.MAX_PIN,
                TokenAdmin.MIN_PIN,
                Ck.CK_UNAVAILABLE_INFORMATION,
                Ck.CK_UNAVAILABLE_INFORMATION,
                Ck.CK_UNAVAILABLE_INFORMATION,
                Ck.CK_UNAVAILABLE_INFORMATION,
                HARDWARE,
                FIRMWARE,
                UTC_TIME.format(clock.instant()),
                token.isPresent());
    }

    /** Begins to watch the slots: changes from now on are events. */
    public SlotWatch watch() {
        return new SlotWatch(slots.contents());
    }

    /** A slot whose token has come or gone since the watch last told of it (section 5.5.4); empty if there is none. */
    public OptionalLong event(SlotWatch watch) {
        return watch.next(slots.contents());
    }

    /** CK_TOKEN_INFO has no flag for it, and every program shows the model. */
    private static String model(Profile profile) {
        return profile == Profile.DEFAULT ? PRODUCT : PRODUCT + " " + profile;
    }

    /** Mechanism types in ascending order. */
    public long[] mechanisms(long slot) {
        Policy policy = policy(slot);
        return mechanisms.types().stream()
                .filter(type -> policy.serves(mechanisms.require(type)))
                .mapToLong(Long::longValue)
                .toArray();
    }

    public MechanismInfo mechanismInfo(long slot, long type) {
        Mechanism mechanism = mechanisms.require(type);
        policy(slot).mechanism(mechanism);
        return new MechanismInfo(mechanism.minKeySize(), mechanism.maxKeySize(), mechanism.flags());
    }

    /** {@link #initToken(Application, long, SecretBytes, String, Profile)} with the profile that is configured. */
    public void initToken(Application application, long slot, SecretBytes soPin, String label) {
        initToken(application, slot, soPin, label, byDefault);
    }

    /** See {@link TokenAdmin#initialise}. */
    public void initToken(Application application, long slot, SecretBytes soPin, String label, Profile profile) {
        requireSlot(slot);
        if (!application.sessions(slot).isEmpty()) {
            throw Fault.SESSION_EXISTS.because("the token has open sessions");
        }
        admin.initialise(application.name(), slot, soPin, label, profile);
    }

    /** The profile of the token in a slot; of the free slot's, the one that is configured. */
    public Profile profile(long slot) {
        return slots.token(slot).map(TokenDescription::profile).orElse(byDefault);
    }

    private Policy policy(long slot) {
        return Policy.of(profile(slot));
    }

    private void requireSlot(long slot) {
        slots.token(slot);
    }
}
