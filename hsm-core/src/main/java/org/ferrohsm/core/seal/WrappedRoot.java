// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * The root key as it rests: format (1), store id (16), root version (4), seal key's fingerprint (8), envelope of the
 * root key. All before the envelope is its associated data.
 *
 * @param fingerprint tells a wrong seal key from a damaged entry
 */
record WrappedRoot(UUID storeId, int version, byte[] fingerprint, byte[] header, byte[] envelope) {
    private static final byte FORMAT = 1;
    private static final int ROOT_LENGTH = 32;
    private static final int FINGERPRINT_LENGTH = 8;
    private static final int HEADER_LENGTH = 1 + 16 + 4 + FINGERPRINT_LENGTH;

    static byte[] wrap(UUID storeId, int version, SecretBytes root, SealKey seal, SecureRandom random) {
        byte[] header = ByteBuffer.allocate(HEADER_LENGTH)
                .put(FORMAT)
                .putLong(storeId.getMostSignificantBits())
                .putLong(storeId.getLeastSignificantBits())
                .putInt(version)
                .put(fingerprint(seal, storeId))
                .array();
        try (SecretBytes key = wrappingKey(seal, storeId)) {
            byte[] envelope = root.use(bytes -> Envelope.seal(key, header, bytes, random));
            return ByteBuffer.allocate(HEADER_LENGTH + envelope.length)
                    .put(header)
                    .put(envelope)
                    .array();
        }
    }

    static WrappedRoot parse(byte[] entry, String store) {
        if (entry.length != HEADER_LENGTH + ROOT_LENGTH + Envelope.OVERHEAD || entry[0] != FORMAT) {
            throw damaged(store);
        }
        ByteBuffer in = ByteBuffer.wrap(entry, 1, HEADER_LENGTH - 1);
        UUID storeId = new UUID(in.getLong(), in.getLong());
        int version = in.getInt();
        byte[] fingerprint = new byte[FINGERPRINT_LENGTH];
        in.get(fingerprint);
        return new WrappedRoot(
                storeId,
                version,
                fingerprint,
                Arrays.copyOf(entry, HEADER_LENGTH),
                Arrays.copyOfRange(entry, HEADER_LENGTH, entry.length));
    }

    SecretBytes unwrap(SealKey seal, String store) {
        byte[] found = fingerprint(seal, storeId);
        if (!Arrays.equals(found, fingerprint)) {
            throw Fault.GENERAL_ERROR.because("the seal key " + seal.origin() + " (fingerprint " + hex(found)
                    + ") is not the one that " + store + " was sealed with (" + hex(fingerprint)
                    + "): name that key's place, or another store");
        }
        try (SecretBytes key = wrappingKey(seal, storeId)) {
            return SecretBytes.adopt(Envelope.tryOpen(key, header, envelope).orElseThrow(() -> damaged(store)));
        }
    }

    private static SecretBytes wrappingKey(SealKey seal, UUID storeId) {
        return Hkdf.key(seal.bytes(), Binding.of("ferrohsm root wrapping").with(storeId));
    }

    private static byte[] fingerprint(SealKey seal, UUID storeId) {
        try (SecretBytes key = Hkdf.key(
                seal.bytes(), Binding.of("ferrohsm seal key fingerprint").with(storeId))) {
            return key.use(bytes -> Arrays.copyOf(bytes, FINGERPRINT_LENGTH));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static HsmException damaged(String store) {
        return Fault.DEVICE_ERROR.because(
                "the root key of " + store + " has been changed or damaged: restore the store from a backup");
    }
}
