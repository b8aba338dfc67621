// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.ferrohsm.core.seal.HmacSha256;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * The MAC key of one epoch. It leads to the next epoch's key and not to the one before, so that whoever takes it cannot
 * make MACs for records of earlier epochs.
 */
final class EpochKey implements AutoCloseable {
    /** How many records share a key. */
    static final long LENGTH = 4096;

    private static final byte[] RATCHET = "ferrohsm-audit-ratchet-v1".getBytes(US_ASCII);
    private static final byte[] HEAD = "ferrohsm-audit-head-v1".getBytes(US_ASCII);

    private final long epoch;
    private final SecretBytes key;
    private final HmacSha256 mac;

    /** Takes the key over. */
    EpochKey(long epoch, SecretBytes key) {
        this.epoch = epoch;
        this.key = key;
        this.mac = HmacSha256.keyed(key);
    }

    long epoch() {
        return epoch;
    }

    SecretBytes bytes() {
        return key;
    }

    EpochKey copy() {
        return new EpochKey(epoch, key.copy());
    }

    /** The next epoch's key. */
    EpochKey next() {
        return new EpochKey(epoch + 1, SecretBytes.adopt(mac.of(RATCHET)));
    }

    /** The MAC of a record with that leaf hash. */
    byte[] mac(byte[] leaf) {
        return mac.of(leaf);
    }

    /** The MAC of a log's head; its input is longer than a leaf and than the ratchet's, so that none stands for another. */
    byte[] headMac(UUID log, long count, byte[] last) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(count).array();
        return mac.of(HEAD, RecordFields.bytes(log), number, last);
    }

    @Override
    public void close() {
        mac.close();
        key.close();
    }
}
