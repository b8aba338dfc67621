// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.seal.Hkdf;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * A token's state root as it rests: number of changes (8), then an envelope of number of objects (8) and sum (32), under
 * a key for this token and this number of changes.
 *
 * @param changes how often the objects changed, since the token began
 * @param objects how many there are
 * @param sum of the rows' codes modulo 2^256, big-endian
 */
record StateRow(long changes, long objects, byte[] sum) {
    /** No objects, no changes. */
    static final StateRow EMPTY = new StateRow(0, 0, new byte[32]);

    private static final String ENTRY = "state";

    static StateRow read(StoreReader reader, UUID token, SecretBytes stateKey) {
        byte[] entry = reader.entry(token, ENTRY)
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("token " + token
                        + " has lost its state root: the store has been changed or damaged; restore it from a backup"));
        if (entry.length < 8) {
            throw Fault.DEVICE_ERROR.because("the state root of token " + token + " is damaged");
        }
        long changes = ByteBuffer.wrap(entry).getLong();
        byte[] body;
        try (SecretBytes key = key(stateKey, token, changes)) {
            body = Envelope.open(
                    key, new byte[0], Arrays.copyOfRange(entry, 8, entry.length), "the state root of token " + token);
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        long objects = in.getLong();
        byte[] sum = new byte[32];
        in.get(sum);
        return new StateRow(changes, objects, sum);
    }

    void write(StoreWriter tx, UUID token, SecretBytes stateKey, SecureRandom random) {
        byte[] body = ByteBuffer.allocate(40).putLong(objects).put(sum).array();
        try (SecretBytes key = key(stateKey, token, changes)) {
            byte[] envelope = Envelope.seal(key, new byte[0], body, random);
            tx.putEntry(
                    token,
                    ENTRY,
                    ByteBuffer.allocate(8 + envelope.length)
                            .putLong(changes)
                            .put(envelope)
                            .array());
        }
    }

    StateRow plus(byte[] code) {
        byte[] total = new byte[sum.length];
        int carry = 0;
        for (int i = sum.length - 1; i >= 0; i--) {
            carry += (sum[i] & 0xff) + (code[i] & 0xff);
            total[i] = (byte) carry;
            carry >>= 8;
        }
        return new StateRow(changes, objects, total);
    }

    StateRow minus(byte[] code) {
        byte[] total = new byte[sum.length];
        int borrow = 0;
        for (int i = sum.length - 1; i >= 0; i--) {
            borrow += (sum[i] & 0xff) - (code[i] & 0xff);
            total[i] = (byte) borrow;
            borrow >>= 8;
        }
        return new StateRow(changes, objects, total);
    }

    /** One change later, with {@code more} objects. */
    StateRow next(int more) {
        return new StateRow(changes + 1, objects + more, sum);
    }

    StateRow cleared() {
        return new StateRow(changes + 1, 0, EMPTY.sum);
    }

    boolean sameObjects(StateRow other) {
        return objects == other.objects && Arrays.equals(sum, other.sum);
    }

    byte[] bytes(Binding purpose) {
        return purpose.with(changes).with(objects).with(sum).bytes();
    }

    private static SecretBytes key(SecretBytes stateKey, UUID token, long changes) {
        return Hkdf.key(stateKey, Binding.of("ferrohsm state").with(token).with(changes));
    }
}
