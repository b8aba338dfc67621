// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.HmacSha256;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * A token's PINs as they rest, both roles in one entry under one code, so that neither a counter nor a role's PIN can be
 * changed or taken away alone.
 *
 * <p>Bytes: format (1); for SO, then USER: tries (4), length of the wrapped token key (4; 0 where there is no PIN), the
 * wrapped token key; then HMAC-SHA256 of the token and all of that.
 */
final class PinRow {
    private static final String ENTRY = "pins";
    private static final byte FORMAT = 1;

    private final Map<Role, Pin> pins;

    /**
     * One role's PIN.
     *
     * @param tries reserved since the last right one
     * @param wrapped the token key under the PIN; empty where there is none
     */
    record Pin(int tries, byte[] wrapped) {
        static final Pin NONE = new Pin(0, new byte[0]);

        boolean initialized() {
            return wrapped.length > 0;
        }

        Pin withTries(int number) {
            return new Pin(number, wrapped);
        }
    }

    private PinRow(Map<Role, Pin> pins) {
        this.pins = pins;
    }

    /** The row of a token that has no PIN yet. */
    static PinRow empty() {
        return new PinRow(new EnumMap<>(Map.of(Role.SO, Pin.NONE, Role.USER, Pin.NONE)));
    }

    static boolean isThere(StoreReader reader, UUID token) {
        return reader.entry(token, ENTRY).isPresent();
    }

    /** @throws HsmException DEVICE_ERROR if the row is gone, changed or damaged */
    static PinRow read(StoreReader reader, UUID token, SecretBytes key) {
        byte[] bytes = reader.entry(token, ENTRY)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("token " + token
                        + " has lost its PINs: the store has been changed or damaged; restore it from a backup"));
        int body = bytes.length - HmacSha256.LENGTH;
        if (body < 1
                || !MessageDigest.isEqual(
                        Arrays.copyOfRange(bytes, body, bytes.length), code(key, token, Arrays.copyOf(bytes, body)))
                || bytes[0] != FORMAT) {
            throw Fault.DEVICE_ERROR.because("the PINs of token " + token
                    + " are not what they were: the store has been changed or damaged; restore it from a backup");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, body - 1);
        PinRow row = empty();
        for (Role role : Role.values()) {
            int tries = in.getInt();
            byte[] wrapped = new byte[in.getInt()];
            in.get(wrapped);
            row.pins.put(role, new Pin(tries, wrapped));
        }
        return row;
    }

    void write(StoreWriter tx, UUID token, SecretBytes key) {
        Pin so = pin(Role.SO);
        Pin user = pin(Role.USER);
        byte[] body = ByteBuffer.allocate(1 + 16 + so.wrapped.length + user.wrapped.length)
                .put(FORMAT)
                .putInt(so.tries)
                .putInt(so.wrapped.length)
                .put(so.wrapped)
                .putInt(user.tries)
                .putInt(user.wrapped.length)
                .put(user.wrapped)
                .array();
        tx.putEntry(
                token,
                ENTRY,
                ByteBuffer.allocate(body.length + HmacSha256.LENGTH)
                        .put(body)
                        .put(code(key, token, body))
                        .array());
    }

    Pin pin(Role role) {
        return pins.getOrDefault(role, Pin.NONE);
    }

    PinRow with(Role role, Pin pin) {
        Map<Role, Pin> changed = new EnumMap<>(pins);
        changed.put(role, pin);
        return new PinRow(changed);
    }

    private static byte[] code(SecretBytes key, UUID token, byte[] body) {
        return HmacSha256.of(
                key, Binding.of("ferrohsm pins").with(token).with(body).bytes());
    }
}
