// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * The end of the chain as it stands in the store: how many records, the last leaf hash and the key of the epoch of the
 * record to come.
 */
final class ChainState implements AutoCloseable {
    /** The name of the sealed epoch key among the store's own entries. */
    static final String KEY_ENTRY = "audit.key";

    private static final int VERSION = 1;
    private static final byte[] SEAL = "ferrohsm-audit-key-v1".getBytes(US_ASCII);

    private final UUID log;
    private final long count;
    private final byte[] last;
    private final EpochKey key;
    private final AuditHead head;
    private final byte[] entry;

    private ChainState(UUID log, long count, byte[] last, EpochKey key) {
        this.log = log;
        this.count = count;
        this.last = last;
        this.key = key;
        this.head = new AuditHead(log, count, last, key.headMac(log, count, last));
        this.entry = head.encode();
    }

    /** A log without records yet. Takes the key over. */
    static ChainState empty(UUID log, EpochKey key) {
        return new ChainState(log, 0, new byte[TreeHash.LENGTH], key);
    }

    AuditHead head() {
        return head;
    }

    UUID log() {
        return log;
    }

    long count() {
        return count;
    }

    byte[] last() {
        return last;
    }

    EpochKey key() {
        return key;
    }

    /** Whether the store still ends where this does. */
    boolean isCurrent(byte[] headEntry) {
        return Arrays.equals(entry, headEntry);
    }

    /** The state after one more record; this one's key passes on or, at an epoch's end, is wiped. */
    ChainState after(byte[] leaf, long epochLength) {
        EpochKey following = key;
        if ((count + 1) / epochLength != key.epoch()) {
            following = key.next();
            key.close();
        }
        return new ChainState(log, count + 1, leaf, following);
    }

    void saveHead(StoreWriter tx) {
        tx.putEntry(Scopes.STORE, AuditHead.ENTRY, entry);
    }

    void saveKey(StoreWriter tx, SecretBytes root, SecureRandom random) {
        RecordFields fields = new RecordFields();
        fields.put(1, VERSION);
        fields.put(2, key.epoch());
        byte[] associated = associated(log, key.epoch());
        fields.put(3, key.bytes().use(bytes -> Envelope.seal(root, associated, bytes, random)));
        tx.putEntry(Scopes.STORE, KEY_ENTRY, CborWriter.encode(fields.dictionary()));
    }

    /**
     * The state that the store holds.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if it is not as it was written
     */
    static ChainState load(StoreReader tx, byte[] headEntry, SecretBytes root, long epochLength) {
        byte[] keyEntry = tx.entry(Scopes.STORE, KEY_ENTRY)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("the audit log's key is missing"));
        try {
            AuditHead head = AuditHead.parse(headEntry);
            RecordFields fields = RecordFields.parse(keyEntry);
            if (fields.number(1) != VERSION) {
                throw Fault.DEVICE_ERROR.because("the audit log's key is of another version");
            }
            long epoch = fields.number(2);
            byte[] opened =
                    Envelope.open(root, associated(head.log(), epoch), fields.anyBytes(3), "the audit log's key");
            EpochKey key = new EpochKey(epoch, SecretBytes.adopt(opened));
            if (epoch != head.count() / epochLength
                    || !MessageDigest.isEqual(head.mac(), key.headMac(head.log(), head.count(), head.last()))) {
                key.close();
                throw Fault.DEVICE_ERROR.because("the audit log's head is damaged");
            }
            return new ChainState(head.log(), head.count(), head.last(), key);
        } catch (CborException e) {
            throw Fault.DEVICE_ERROR.because("the audit log's head or key is damaged", e);
        }
    }

    private static byte[] associated(UUID log, long epoch) {
        return ByteBuffer.allocate(SEAL.length + 16 + 8)
                .put(SEAL)
                .put(RecordFields.bytes(log))
                .putLong(epoch)
                .array();
    }

    @Override
    public void close() {
        key.close();
    }
}
