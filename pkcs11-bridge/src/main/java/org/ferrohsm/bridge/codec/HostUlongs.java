// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;

/**
 * Attributes that are a CK_ULONG in the specification and bytes on the wire, because p11-kit does not know them: they
 * travel as they lie in the memory of a little-endian host (docs/spec/wire.md, "Attributes").
 */
final class HostUlongs {
    private static final Set<Long> TYPES = Set.of(
            Cka.CKA_NAME_HASH_ALGORITHM, Cka.CKA_PARAMETER_SET, Cka.CKA_PROFILE_ID, Cka.CKA_OBJECT_VALIDATION_FLAGS);

    private HostUlongs() {}

    static boolean contains(long type) {
        return TYPES.contains(type);
    }

    /** The value of such bytes; bytes that are not a CK_ULONG stay as they are, for the core to refuse. */
    static AttributeValue read(byte[] bytes) {
        return bytes.length == Long.BYTES
                ? AttributeValue.of(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong())
                : AttributeValue.of(bytes);
    }

    static byte[] write(AttributeValue value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value.asLong())
                .array();
    }
}
