// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.TokenRow;

/**
 * What a token is called, where it sits and what guards it.
 *
 * @param id its identity
 * @param slot its slot, kept for life
 * @param label its label without padding
 * @param initialisation what C_InitToken settled last
 */
public record TokenDescription(UUID id, int slot, String label, Initialisation initialisation) {
    /** Stands before profile, number and label; no UTF-8 text begins with it, and the first format is the label alone. */
    private static final byte SECOND_FORMAT = (byte) 0xff;

    private static final int SECOND_HEADER = 2 + Long.BYTES;

    /** Sixteen hexadecimal digits of the identity (CK_TOKEN_INFO serialNumber), by which equal labels are told apart. */
    public String serial() {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(8)
                        .putLong(id.getMostSignificantBits())
                        .array());
    }

    public Profile profile() {
        return initialisation.profile();
    }

    TokenRow seal(SecretBytes key, SecureRandom random) {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        byte[] plain = ByteBuffer.allocate(SECOND_HEADER + text.length)
                .put(SECOND_FORMAT)
                .put((byte) profile().code())
                .putLong(initialisation.number())
                .put(text)
                .array();
        return new TokenRow(id, slot, Envelope.seal(key, associated(id, slot), plain, random));
    }

    /**
     * The token in {@code row}.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if the row is not as it was sealed
     */
    static TokenDescription open(TokenRow row, SecretBytes key) {
        byte[] plain = Envelope.open(key, associated(row.id(), row.slot()), row.sealed(), "token " + row.id());
        if (plain.length < SECOND_HEADER || plain[0] != SECOND_FORMAT) {
            String label = new String(plain, StandardCharsets.UTF_8);
            return new TokenDescription(row.id(), row.slot(), label, Initialisation.FIRST);
        }
        ByteBuffer fields = ByteBuffer.wrap(plain, 1, plain.length - 1);
        Profile profile = Profile.of(fields.get());
        long number = fields.getLong();
        String label = StandardCharsets.UTF_8.decode(fields).toString();
        return new TokenDescription(row.id(), row.slot(), label, new Initialisation(profile, number));
    }

    private static byte[] associated(UUID id, int slot) {
        return Binding.of("ferrohsm token").with(id).with((long) slot).bytes();
    }
}
