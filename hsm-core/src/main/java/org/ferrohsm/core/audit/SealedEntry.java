// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * An entry of the store that only holders of the root key can read or make.
 *
 * @param name its name among the store's own entries, by which it is also bound to its purpose
 */
record SealedEntry(String name) {
    private byte[] associated(UUID log) {
        byte[] label = ("ferrohsm-" + name + "-v1").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(label.length + 16)
                .put(label)
                .put(RecordFields.bytes(log))
                .array();
    }

    void save(StoreWriter tx, UUID log, RecordFields fields, SecretBytes root, SecureRandom random) {
        byte[] plain = CborWriter.encode(fields.dictionary());
        tx.putEntry(Scopes.STORE, name, Envelope.seal(root, associated(log), plain, random));
        Arrays.fill(plain, (byte) 0);
    }

    /**
     * The fields, empty if there is no such entry.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is not as it was written
     */
    Optional<RecordFields> load(StoreReader tx, UUID log, SecretBytes root) {
        return tx.entry(Scopes.STORE, name).map(entry -> {
            byte[] plain = Envelope.open(root, associated(log), entry, "the store's entry " + name);
            try {
                return RecordFields.parse(plain);
            } catch (CborException e) {
                throw Fault.DEVICE_ERROR.because("the store's entry " + name + " is damaged", e);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        });
    }
}
