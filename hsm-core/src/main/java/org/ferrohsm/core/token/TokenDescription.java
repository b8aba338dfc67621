// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.TokenRow;

/**
 * What a token is called and where it sits.
 *
 * @param id its identity
 * @param slot its slot, kept for life
 * @param label its label without padding
 */
public record TokenDescription(UUID id, int slot, String label) {
    /** Sixteen hexadecimal digits of the identity (CK_TOKEN_INFO serialNumber), by which equal labels are told apart. */
    public String serial() {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(8)
                        .putLong(id.getMostSignificantBits())
                        .array());
    }

    TokenRow seal(SecretBytes key, SecureRandom random) {
        byte[] plain = label.getBytes(StandardCharsets.UTF_8);
        return new TokenRow(id, slot, Envelope.seal(key, associated(id, slot), plain, random));
    }

    /**
     * The token in {@code row}.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if the row is not as it was sealed
     */
    static TokenDescription open(TokenRow row, SecretBytes key) {
        byte[] plain = Envelope.open(key, associated(row.id(), row.slot()), row.sealed(), "token " + row.id());
        return new TokenDescription(row.id(), row.slot(), new String(plain, StandardCharsets.UTF_8));
    }

    private static byte[] associated(UUID id, int slot) {
        return Binding.of("ferrohsm token").with(id).with((long) slot).bytes();
    }
}
